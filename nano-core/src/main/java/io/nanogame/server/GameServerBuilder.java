package io.nanogame.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.nanogame.connection.Protocol;
import io.nanogame.connection.Protocols;
import io.nanogame.connection.PushSettings;
import io.nanogame.connection.TransportContext;
import io.nanogame.connection.TransportSettings;
import io.nanogame.connection.Validations;
import io.nanogame.dispatch.Dispatcher;
import io.nanogame.dispatch.FailureHandling;
import io.nanogame.dispatch.UnknownRoute;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.net.GameListeners;
import io.nanogame.net.Listener;
import io.nanogame.net.NettyLoops;
import io.nanogame.observe.ConnectionLog;
import io.nanogame.observe.MessageLog;
import io.nanogame.observe.ServerEvents;
import io.nanogame.pipeline.Interceptor;
import io.nanogame.pipeline.Interceptors;
import io.nanogame.pipeline.OutboundInterceptor;
import io.nanogame.pipeline.OutboundInterceptors;
import io.nanogame.pipeline.TracedHandler;
import io.nanogame.pomelo.PomeloProtocol;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.route.ErrorMapper;
import io.nanogame.route.Route;
import io.nanogame.route.RouteTable;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.Serializer;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.SessionListener;
import io.nanogame.session.SessionRegistry;
import io.nanogame.trace.Tracing;
import io.netty.channel.Channel;
import reactor.netty.tcp.TcpServer;

/**
 * Builds one {@link GameServer}. Not thread-safe.
 */
public final class GameServerBuilder {

	final Lanes lanes;

	final SessionRegistry registry;

	final Timers timers;

	final List<ComponentLifecycle> components = new ArrayList<>();

	final List<HandshakeValidator> validators = new ArrayList<>();

	Duration gracePeriod = Duration.ofSeconds(10);

	private final List<Route> routes = new ArrayList<>();

	private final List<Interceptor> interceptors = new ArrayList<>();

	private final List<OutboundInterceptor> outboundInterceptors = new ArrayList<>();

	private final List<ErrorMapper> errorMappers = new ArrayList<>();

	private final List<UnaryOperator<TcpServer>> serverCustomizers = new ArrayList<>();

	private final List<Consumer<Channel>> channelCustomizers = new ArrayList<>();

	private Validations.Bounds validationBounds = Validations.Bounds.DEFAULT;

	private RouteDictionary dictionary = RouteDictionary.EMPTY;

	private TransportSettings settings = TransportSettings.defaults();

	private PushSettings pushes = PushSettings.defaults();

	private List<Listener> listeners = List.of(Listener.at(new InetSocketAddress(Listener.DEFAULT_PORT)));

	private final List<Protocol> protocols = new ArrayList<>();

	private MessageReceiver fallback = new UnknownRoute();

	private final List<ServerEvents> events = new ArrayList<>(List.of(new ConnectionLog()));

	private Tracing tracing = Tracing.NONE;

	GameServerBuilder(Lanes lanes, SessionRegistry registry, Timers timers) {
		this.lanes = lanes;
		this.registry = registry;
		this.timers = timers;
	}

	public GameServerBuilder routes(Collection<Route> more) {
		this.routes.addAll(more);
		return this;
	}

	/**
	 * Adds components, which are notified when the server starts and stops.
	 * @param more the components, in the order of their start
	 * @return this
	 */
	public GameServerBuilder components(Collection<? extends ComponentLifecycle> more) {
		this.components.addAll(more);
		return this;
	}

	/**
	 * Adds interceptors around all routes, outside the interceptors of single routes.
	 * @param more the outermost first
	 * @return this
	 */
	public GameServerBuilder interceptors(Collection<Interceptor> more) {
		this.interceptors.addAll(more);
		return this;
	}

	public GameServerBuilder outboundInterceptors(Collection<OutboundInterceptor> more) {
		this.outboundInterceptors.addAll(more);
		return this;
	}

	public GameServerBuilder handshakeValidators(Collection<HandshakeValidator> more) {
		this.validators.addAll(more);
		return this;
	}

	/**
	 * Sets the limits of handshake validation.
	 * @param bounds {@link Validations.Bounds#DEFAULT} by default
	 * @return this
	 */
	public GameServerBuilder validations(Validations.Bounds bounds) {
		this.validationBounds = bounds;
		return this;
	}

	public GameServerBuilder errorMappers(Collection<ErrorMapper> more) {
		this.errorMappers.addAll(more);
		return this;
	}

	public GameServerBuilder sessionListeners(Collection<SessionListener> more) {
		more.forEach(this.registry.sessions()::addListener);
		return this;
	}

	/**
	 * Sets the receiver of messages to unknown routes.
	 * @param receiver by default one that fails requests with 404
	 * @return this
	 */
	public GameServerBuilder fallback(MessageReceiver receiver) {
		this.fallback = receiver;
		return this;
	}

	/**
	 * Adds listeners for what the server does. A failure of one harms nothing.
	 * @param more the listeners, in the order in which they are notified
	 * @return this
	 */
	public GameServerBuilder events(Collection<? extends ServerEvents> more) {
		this.events.addAll(more);
		return this;
	}

	/**
	 * Sets the tracing of messages.
	 * @param spans creates spans; {@link Tracing#NONE} by default
	 * @return this
	 */
	public GameServerBuilder tracing(Tracing spans) {
		this.tracing = spans;
		return this;
	}

	public GameServerBuilder dictionary(RouteDictionary codes) {
		this.dictionary = codes;
		return this;
	}

	public GameServerBuilder settings(TransportSettings transportSettings) {
		this.settings = transportSettings;
		return this;
	}

	/**
	 * Sets the merge window and the policies of pushes.
	 * @param pushSettings the settings
	 * @return this
	 */
	public GameServerBuilder pushes(PushSettings pushSettings) {
		this.pushes = pushSettings;
		return this;
	}

	/**
	 * Sets the ports to listen on.
	 * @param ports by default port {@link Listener#DEFAULT_PORT}; empty for a server
	 * whose clients connect by other transports only
	 * @return this
	 */
	public GameServerBuilder listeners(List<Listener> ports) {
		this.listeners = List.copyOf(ports);
		return this;
	}

	/**
	 * Adds protocols that listeners may serve, besides pomelo.
	 * @param more protocols with unique names
	 * @return this
	 */
	public GameServerBuilder protocols(Collection<? extends Protocol> more) {
		this.protocols.addAll(more);
		more.forEach((protocol) -> this.registry.allPayloads().addOfProtocol(protocol.payloads()));
		return this;
	}

	/**
	 * Adds serializers that handshake validators can choose, besides the server's.
	 * @param more serializers; throws IllegalArgumentException for a name used twice
	 * @return this
	 */
	public GameServerBuilder serializers(Collection<? extends Serializer> more) {
		more.stream().map(Payloads::new).forEach(this.registry.allPayloads()::addChoice);
		return this;
	}

	/**
	 * Sets the grace period of a stop.
	 * @param period ten seconds by default
	 * @return this
	 */
	public GameServerBuilder gracePeriod(Duration period) {
		this.gracePeriod = period;
		return this;
	}

	public GameServerBuilder serverCustomizers(Collection<UnaryOperator<TcpServer>> more) {
		this.serverCustomizers.addAll(more);
		return this;
	}

	public GameServerBuilder channelCustomizers(Collection<Consumer<Channel>> more) {
		this.channelCustomizers.addAll(more);
		return this;
	}

	/**
	 * Builds the server.
	 * @return a server that is not yet started
	 * @throws IllegalStateException when a route has two handlers, or its name is invalid
	 */
	public GameServer build() {
		if (this.settings.dispatch().logMessages()) {
			this.events.add(new MessageLog());
		}
		ServerEvents all = ServerEvents.of(this.events);
		RouteTable table = new RouteTable(this.routes.stream().map((route) -> complete(route, all)).toList());
		Dispatcher dispatcher = new Dispatcher(table, this.fallback, new FailureHandling(this.errorMappers),
				this.timers::nanoTime);
		Validations validations = new Validations(this.validators, this.lanes.workers(), this.validationBounds);
		TransportContext context = new TransportContext(this.settings, this.pushes, this.registry, dispatcher,
				validations, new OutboundInterceptors(this.outboundInterceptors), allProtocols(table), all,
				this.timers.time());
		NettyLoops loops = new NettyLoops(context);
		return new GameServer(this, table, dispatcher, context, loops, listeners(context, loops));
	}

	private Protocols allProtocols(RouteTable table) {
		List<Protocol> all = new ArrayList<>(this.protocols);
		all.add(0, new PomeloProtocol(this.settings.connection(), this.settings.compression(), this.dictionary,
				table.names(), this.registry.allPayloads().names(), this.timers.time()));
		return new Protocols(all);
	}

	private GameListeners listeners(TransportContext context, NettyLoops loops) {
		if (!this.validators.isEmpty()) {
			this.listeners.forEach((listener) -> UnauthenticatedProtocolException.check(context.protocols(), listener));
		}
		return new GameListeners(context, loops, this.listeners, this.serverCustomizers, this.channelCustomizers);
	}

	private Route complete(Route route, ServerEvents all) {
		return route.preparedFor(this.registry.allPayloads().others())
			.wrapped((handler) -> Interceptors.around(handler, this.interceptors))
			.wrapped((handler) -> TracedHandler.of(handler, this.tracing))
			.observedBy(all.handler(route.name()));
	}

}
