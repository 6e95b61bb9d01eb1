package io.nanogame.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.nanogame.connection.Protocol;
import io.nanogame.connection.ProtocolTrait;
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
import io.nanogame.pipeline.Interceptor;
import io.nanogame.pipeline.Interceptors;
import io.nanogame.pipeline.OutboundInterceptor;
import io.nanogame.pipeline.OutboundInterceptors;
import io.nanogame.pipeline.TracedHandler;
import io.nanogame.pomelo.PomeloProtocol;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.route.ErrorMapper;
import io.nanogame.route.HandlerObserver;
import io.nanogame.route.Route;
import io.nanogame.route.RouteTable;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.SessionListener;
import io.nanogame.session.Sessions;
import io.nanogame.trace.Tracing;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.netty.tcp.TcpServer;

/**
 * Puts a {@link GameServer} together. For one thread, for one server.
 */
public final class GameServerBuilder {

	final Payloads payloads;

	final Lanes lanes;

	final Sessions sessions;

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

	private HandlerObserver.@Nullable Factory observers;

	private Tracing tracing = Tracing.NONE;

	GameServerBuilder(Payloads payloads, Lanes lanes, Sessions sessions, Timers timers) {
		this.payloads = payloads;
		this.lanes = lanes;
		this.sessions = sessions;
		this.timers = timers;
	}

	public GameServerBuilder routes(Collection<Route> more) {
		this.routes.addAll(more);
		return this;
	}

	/**
	 * Adds parts of the game that want to know when the server starts and stops.
	 * @param more in their order
	 * @return this
	 */
	public GameServerBuilder components(Collection<? extends ComponentLifecycle> more) {
		this.components.addAll(more);
		return this;
	}

	/**
	 * Adds interceptors around all routes, outside of those the routes have themselves.
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
	 * Sets how many handshakes may be validated.
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
		more.forEach(this.sessions::addListener);
		return this;
	}

	/**
	 * Sets who takes messages of routes that are not here.
	 * @param receiver by default one that answers 404
	 * @return this
	 */
	public GameServerBuilder fallback(MessageReceiver receiver) {
		this.fallback = receiver;
		return this;
	}

	/**
	 * Sets who sees handlers end; by default nobody does.
	 * @param factory makes an observer a route
	 * @return this
	 */
	public GameServerBuilder observers(HandlerObserver.@Nullable Factory factory) {
		this.observers = factory;
		return this;
	}

	/**
	 * Sets who follows messages through their handlers; by default nobody does.
	 * @param followed makes spans
	 * @return this
	 */
	public GameServerBuilder tracing(Tracing followed) {
		this.tracing = followed;
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
	 * Sets how pushes leave.
	 * @param pushSettings merge window and policies
	 * @return this
	 */
	public GameServerBuilder pushes(PushSettings pushSettings) {
		this.pushes = pushSettings;
		return this;
	}

	/**
	 * Sets the ports to listen on.
	 * @param ports by default port {@link Listener#DEFAULT_PORT}; none for a server whose
	 * clients come by transports that others bring
	 * @return this
	 * @see GameServer#transport()
	 */
	public GameServerBuilder listeners(List<Listener> ports) {
		this.listeners = List.copyOf(ports);
		return this;
	}

	/**
	 * Adds protocols that listeners may name, beside pomelo.
	 * @param more their names are unique
	 * @return this
	 */
	public GameServerBuilder protocols(Collection<? extends Protocol> more) {
		this.protocols.addAll(more);
		return this;
	}

	/**
	 * Sets how long the server may take to stop.
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
	 * Puts the server together.
	 * @return a server, not yet started
	 * @throws io.nanogame.route.DuplicateRouteException when two handlers want one route
	 */
	public GameServer build() {
		RouteTable table = new RouteTable(this.routes.stream().map(this::complete).toList());
		Dispatcher dispatcher = new Dispatcher(table, this.fallback, new FailureHandling(this.errorMappers),
				this.timers::nanoTime);
		Validations validations = new Validations(this.validators, this.lanes.workers(), this.validationBounds);
		TransportContext context = new TransportContext(this.settings, this.pushes, this.sessions, dispatcher,
				validations, new OutboundInterceptors(this.outboundInterceptors), allProtocols(table),
				this.timers.time());
		NettyLoops loops = new NettyLoops(context);
		return new GameServer(this, table, dispatcher, context, loops, listeners(context, loops));
	}

	private Protocols allProtocols(RouteTable table) {
		List<Protocol> all = new ArrayList<>();
		all.add(new PomeloProtocol(this.settings.connection(), this.dictionary, table.names(),
				this.payloads.serializer().name(), this.timers.time()));
		all.addAll(this.protocols);
		return new Protocols(all);
	}

	private GameListeners listeners(TransportContext context, NettyLoops loops) {
		if (!this.validators.isEmpty()) {
			this.listeners.forEach((listener) -> checkIntroductions(context.protocols(), listener));
		}
		return new GameListeners(context, loops, this.listeners, this.serverCustomizers, this.channelCustomizers);
	}

	/** A protocol must not be a way around the login by mistake. */
	private static void checkIntroductions(Protocols protocols, Listener listener) {
		for (String name : listener.settings().protocols()) {
			if (!listener.allowUnauthenticated()
					&& !protocols.choose(List.of(name)).traits().contains(ProtocolTrait.INTRODUCTION)) {
				throw new UnauthenticatedProtocolException(listener.name(), name);
			}
		}
	}

	private Route complete(Route route) {
		HandlerObserver.Factory factory = this.observers;
		return route.wrapped((handler) -> Interceptors.around(handler, this.interceptors))
			.wrapped((handler) -> TracedHandler.of(handler, this.tracing))
			.observedBy((factory != null) ? HandlerObserver.guarded(factory.create(route.name()), route.name()) : null);
	}

}
