package io.nanogame.boot.autoconfigure;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.nanogame.boot.autoconfigure.NanoProperties.Server;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.PushPolicy;
import io.nanogame.connection.PushSettings;
import io.nanogame.connection.TransportSettings;
import io.nanogame.connection.Validations;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.lengthid.LengthIdProtocol;
import io.nanogame.net.Listener;
import io.nanogame.observe.ServerEvents;
import io.nanogame.pipeline.OutboundInterceptor;
import io.nanogame.plain.JsonProtocol;
import io.nanogame.plain.RawProtocol;
import io.nanogame.pomelo.PomeloProtocol;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.route.ErrorMapper;
import io.nanogame.route.Route;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.Serializer;
import io.nanogame.server.GameServer;
import io.nanogame.server.GameServerBuilder;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.SessionListener;
import io.nanogame.session.Sessions;
import io.nanogame.spring.ArgumentResolver;
import io.nanogame.spring.GameComponents;
import io.nanogame.spring.RouteNaming;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.trace.Tracing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.validation.SmartValidator;

/**
 * Configures the game server with all components of the app.
 */
@AutoConfiguration(after = { NanoAutoConfiguration.class, SslAutoConfiguration.class },
		afterName = "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration")
@ConditionalOnBooleanProperty(name = "nano.enabled", matchIfMissing = true)
public final class NanoServerAutoConfiguration {

	private static final Logger log = LoggerFactory.getLogger(NanoServerAutoConfiguration.class);

	/** The name of a serializer that writes JSON. */
	private static final String JSON = "json";

	private final NanoProperties properties;

	private final ListableBeanFactory beans;

	private final Environment environment;

	NanoServerAutoConfiguration(NanoProperties properties, ListableBeanFactory beans, Environment environment) {
		this.properties = properties;
		this.beans = beans;
		this.environment = environment;
		KeysWithoutEffect.of(properties).forEach(log::warn);
	}

	@Bean
	@ConditionalOnMissingBean
	RouteDictionary nanoRouteDictionary() {
		return RouteDictionary.of(this.properties.dictionary());
	}

	@Bean
	@ConditionalOnMissingBean
	RouteNaming nanoRouteNaming() {
		return RouteNaming.lowerCamelCase();
	}

	@Bean
	@ConditionalOnMissingBean
	GameComponents nanoGameComponents(Payloads payloads, Lanes lanes, RouteNaming naming,
			ObjectProvider<SmartValidator> validator) {
		return new GameComponents(this.beans, payloads, lanes, naming, validator.getIfAvailable(),
				all(ArgumentResolver.class));
	}

	@Bean
	@ConditionalOnMissingBean
	TransportSettings nanoTransportSettings(NanoResumeProperties resume) {
		return Settings.of(this.properties, resume);
	}

	@Bean
	@ConditionalOnMissingBean
	PushSettings nanoPushSettings(ObjectProvider<PushSettings.Key> key) {
		NanoProperties.Push push = this.properties.push();
		Map<String, PushPolicy> policies = new HashMap<>(push.policies());
		// A client that falls behind drops changes, and requests the whole state later.
		policies.putIfAbsent(GameRooms.STATE_ROUTE, PushPolicy.DROP);
		return new PushSettings(Checks.notNegative("nano.push.merge-window", push.mergeWindow()), policies,
				key.getIfAvailable(() -> PushSettings.defaults().key()));
	}

	@Bean
	@ConditionalOnMissingBean
	JsonProtocol nanoJsonProtocol(Payloads payloads, ObjectProvider<JsonMapper> mapper, TransportSettings settings) {
		Serializer own = payloads.serializer();
		Serializer json = own.name().equals(JSON) ? own : new JsonSerializer(mapper.getIfAvailable(JsonMapper::shared));
		return new JsonProtocol(settings.connection().packets(), Payloads.jsonText(json));
	}

	@Bean
	@ConditionalOnMissingBean
	RawProtocol nanoRawProtocol(Payloads payloads, TransportSettings settings, GameComponents components) {
		List<String> routes = components.routes().stream().map(Route::name).toList();
		Listeners.rawRoutesWithoutHandler(this.properties, routes)
			.forEach((key) -> log.warn("No handler has the route of '{}': each message of its clients fails with 404",
					key));
		return new RawProtocol(settings.connection().packets(), payloads, Listeners.rawRoutes(this.properties));
	}

	@Bean
	@ConditionalOnMissingBean
	LengthIdProtocol nanoLengthIdProtocol(GameComponents components, TransportSettings settings) {
		return new LengthIdProtocols(components, knownPushes(), settings.connection().packets()).of(this.properties);
	}

	@Bean
	@ConditionalOnMissingBean
	GameServer nanoGameServer(Payloads payloads, Lanes lanes, Sessions sessions, Timers timers,
			GameComponents components, RouteDictionary dictionary, TransportSettings settings, PushSettings pushes) {
		List<Protocol> protocols = all(Protocol.class);
		Server server = this.properties.server();
		GameServerBuilder builder = GameServer.builder(payloads, lanes, sessions, timers)
			.serializers(this.beans.getBean(Serializers.class).additional(payloads.serializer()))
			.protocols(protocols.stream().filter((protocol) -> isNamed(protocol.name())).toList())
			.listeners(listeners(protocols))
			.gracePeriod(Settings.gracePeriod(server.shutdown(), this.environment))
			.settings(settings)
			.pushes(pushes)
			.dictionary(dictionary)
			.routes(components.routes())
			.components(components.lifecycles())
			.interceptors(components.globalInterceptors())
			.outboundInterceptors(all(OutboundInterceptor.class))
			.handshakeValidators(all(HandshakeValidator.class))
			.validations(validations(server.limits()))
			.sessionListeners(all(SessionListener.class))
			.errorMappers(all(ErrorMapper.class))
			.events(all(ServerEvents.class))
			.tracing(this.beans.getBeanProvider(Tracing.class).getIfAvailable(() -> Tracing.NONE))
			.serverCustomizers(List.copyOf(all(NanoServerCustomizer.class)))
			.channelCustomizers(List.copyOf(all(NanoChannelCustomizer.class)));
		all(GameServerBuilderCustomizer.class).forEach((customizer) -> customizer.customize(builder));
		this.beans.getBeanProvider(Workers.class).forEach((workers) -> workers.replaceWaiting(sessions));
		return builder.build();
	}

	/** Returns the routes of pushes that have a key. */
	private Set<String> knownPushes() {
		Set<String> routes = new LinkedHashSet<>(this.properties.push().policies().keySet());
		routes.addAll(this.properties.push().merge().keySet());
		return routes;
	}

	/** The number of concurrent validations is not limited on executors of the app. */
	private Validations.Bounds validations(NanoProperties.Limits limits) {
		return new Validations.Bounds(Checks.notNegative("nano.server.limits.max-validations", limits.maxValidations()),
				this.beans.getBeanProvider(Workers.class)
					.stream()
					.mapToInt(Workers::validators)
					.min()
					.orElse(Integer.MAX_VALUE));
	}

	/**
	 * Returns whether a listener serves the protocol. Handlers are prepared only for the
	 * serializers of such protocols.
	 */
	private boolean isNamed(String protocol) {
		return this.properties.server().protocols().contains(protocol)
				|| this.properties.web().protocols().contains(protocol)
				|| this.properties.listeners().values().stream().anyMatch((it) -> it.protocols().contains(protocol));
	}

	private List<Listener> listeners(List<Protocol> protocols) {
		Stream<String> names = Stream.concat(Stream.of(PomeloProtocol.NAME), protocols.stream().map(Protocol::name));
		return new Listeners(names.toList(), () -> this.beans.getBean(SslBundles.class), ClientFilters.of(this.beans))
			.of(this.properties);
	}

	private <T> List<T> all(Class<T> type) {
		return this.beans.getBeanProvider(type).orderedStream().toList();
	}

	@Bean
	@ConditionalOnMissingBean
	NanoServerLifecycle nanoServerLifecycle(GameServer server, ApplicationContext context) {
		return new NanoServerLifecycle(server, context);
	}

	@Bean
	LocalPort nanoLocalPort(ApplicationContext context) {
		return new LocalPort(context);
	}

}
