package io.nanogame.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.nanogame.connection.PushSettings;
import io.nanogame.connection.TransportContext;
import io.nanogame.connection.TransportSettings;
import io.nanogame.connection.Validations;
import io.nanogame.dispatch.Dispatcher;
import io.nanogame.dispatch.FailureHandling;
import io.nanogame.dispatch.UnknownRoute;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.net.GameListener;
import io.nanogame.net.NettyLoops;
import io.nanogame.net.Tls;
import io.nanogame.net.TrustedProxies;
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

	/** The port of nano's examples. */
	public static final int DEFAULT_PORT = 3250;

	final Payloads payloads;

	final Lanes lanes;

	final Sessions sessions;

	final Timers timers;

	final List<ComponentLifecycle> components = new ArrayList<>();

	Duration gracePeriod = Duration.ofSeconds(10);

	private final List<Route> routes = new ArrayList<>();

	private final List<Interceptor> interceptors = new ArrayList<>();

	private final List<OutboundInterceptor> outboundInterceptors = new ArrayList<>();

	private final List<HandshakeValidator> validators = new ArrayList<>();

	private final List<ErrorMapper> errorMappers = new ArrayList<>();

	private final List<UnaryOperator<TcpServer>> serverCustomizers = new ArrayList<>();

	private final List<Consumer<Channel>> channelCustomizers = new ArrayList<>();

	private Validations.Bounds validationBounds = Validations.Bounds.DEFAULT;

	private RouteDictionary dictionary = RouteDictionary.EMPTY;

	private TransportSettings settings = TransportSettings.defaults();

	private PushSettings pushes = PushSettings.defaults();

	private InetSocketAddress address = new InetSocketAddress(DEFAULT_PORT);

	private boolean listening = true;

	private MessageReceiver fallback = new UnknownRoute();

	private HandlerObserver.@Nullable Factory observers;

	private Tracing tracing = Tracing.NONE;

	private @Nullable Tls tls;

	private TrustedProxies proxies = TrustedProxies.NONE;

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
	 * Sets where to listen.
	 * @param socketAddress port 0 for any free one
	 * @return this
	 */
	public GameServerBuilder address(InetSocketAddress socketAddress) {
		this.address = socketAddress;
		return this;
	}

	/**
	 * Does without a port: others bring clients to {@link GameServer#transport()}.
	 * @return this
	 */
	public GameServerBuilder withoutPort() {
		this.listening = false;
		return this;
	}

	/**
	 * Takes TLS.
	 * @param serverTls certificate and key, closed with the server; null for plain text
	 * @return this
	 */
	public GameServerBuilder tls(@Nullable Tls serverTls) {
		this.tls = serverTls;
		return this;
	}

	/**
	 * Sets who tells by the PROXY protocol where clients are; by default nobody.
	 * @param trusted their connections must begin with its header
	 * @return this
	 */
	public GameServerBuilder trustedProxies(TrustedProxies trusted) {
		this.proxies = trusted;
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
	 * @throws IllegalStateException when a route has two handlers, or an impossible one
	 */
	public GameServer build() {
		RouteTable table = new RouteTable(this.routes.stream().map(this::complete).toList());
		Dispatcher dispatcher = new Dispatcher(table, this.fallback, new FailureHandling(this.errorMappers),
				this.timers::nanoTime);
		Validations validations = new Validations(this.validators, this.lanes.workers(), this.validationBounds);
		PomeloProtocol protocol = new PomeloProtocol(this.settings.connection(), this.sessions, validations,
				this.dictionary, table.names(), this.payloads.serializer().name(), this.timers.time());
		TransportContext context = new TransportContext(this.settings, this.pushes, this.sessions, dispatcher,
				validations, new OutboundInterceptors(this.outboundInterceptors), protocol, this.timers.time());
		NettyLoops loops = new NettyLoops(context);
		GameListener listener = this.listening ? new GameListener(context, loops, this.address, this.tls, this.proxies,
				this.serverCustomizers, this.channelCustomizers) : null;
		return new GameServer(this, table, dispatcher, context, loops, listener);
	}

	private Route complete(Route route) {
		HandlerObserver.Factory factory = this.observers;
		return route.preparedFor(this.sessions.otherPayloads())
			.wrapped((handler) -> Interceptors.around(handler, this.interceptors))
			.wrapped((handler) -> TracedHandler.of(handler, this.tracing))
			.observedBy((factory != null) ? HandlerObserver.guarded(factory.create(route.name()), route.name()) : null);
	}

}
