package io.nanogame.boot.autoconfigure;

import java.net.InetAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.nanogame.connection.PushPolicy;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.session.LoginPolicy;
import io.netty.handler.ssl.ClientAuth;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * The keys of a game server. Durations without a unit are seconds, sizes are bytes.
 *
 * @param server where and how clients connect
 * @param heartbeat How often clients send a heartbeat. Whole seconds, at least one.
 * @param requestTimeout How long a request may take from when it was read. If its handler
 * has not begun by then, it is answered with an error 503 and never begins, else 408.
 * @param serializer How payloads become bytes: 'json', 'protobuf', 'raw' or the name of a
 * Serializer bean. By default the only Serializer bean there is, otherwise JSON.
 * @param dictionary Codes that stand for routes on the wire, 1 to 65535. A route with
 * other signs than letters, digits, dots and dashes goes in square brackets.
 * @param logMessages Whether to log type, route, id and length of each message.
 * @param session what is kept for a client
 * @param push what is sent to a client
 * @param timer timers of the game
 * @param lane serial executors of the game
 * @param web the game under the web server of the app
 * @param listeners Further ports that clients connect to, by name.
 */
@ConfigurationProperties("nano")
public record NanoProperties(@DefaultValue Server server,
		@DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) Duration heartbeat,
		@DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) Duration requestTimeout, @Nullable String serializer,
		@DefaultValue Map<String, Integer> dictionary, @DefaultValue("false") boolean logMessages,
		@DefaultValue Session session, @DefaultValue Push push, @DefaultValue Timer timer, @DefaultValue Lane lane,
		@DefaultValue Web web, @DefaultValue Map<String, Listener> listeners) {

	public NanoProperties {
		listeners = ListenerNames.withoutSecond(listeners);
	}

	/**
	 * The game port.
	 *
	 * @param enabled Whether to listen. Without it a node of a cluster serves clients of
	 * other nodes only.
	 * @param port Port that clients connect to. Use '0' for any free one.
	 * @param address Network address to listen on. By default all.
	 * @param protocols What clients may speak on this port: 'pomelo', 'json' or the name
	 * of a Protocol bean. With several, the first bytes of a client tell which it is.
	 * @param allowUnauthenticated Whether to serve a protocol whose clients cannot say
	 * who they are, although there are handshake validators.
	 * @param handshakeTimeout How long a client may take from connecting to the end of
	 * its handshake.
	 * @param idleTimeout How long a client may be silent that has no heartbeat and no
	 * WebSocket, which is pinged instead.
	 * @param maxPacketSize Largest packet body taken, up to 16777215 bytes.
	 * @param maxInflatedSize Largest body a compressed one may become; also what one
	 * event loop inflates before its other clients have their turn. Use '0' to take no
	 * compressed bodies.
	 * @param maxInflateRate How much is inflated for one client in a second. Who sends
	 * more is read from more slowly.
	 * @param maxHandshakeSize Largest handshake of a client. Only packets with messages
	 * may be larger.
	 * @param minReceiveRate How much of a packet that has begun has to come in a second,
	 * beyond the handshake timeout.
	 * @param tcp packets on the bare socket
	 * @param websocket packets in WebSocket messages
	 * @param ssl encryption
	 * @param proxyProtocol proxies that tell where their clients are
	 * @param shutdown how the server ends
	 * @param limits how much clients may ask for
	 */
	public record Server(@DefaultValue("true") boolean enabled, @DefaultValue("3250") int port,
			@Nullable InetAddress address, @DefaultValue("pomelo") List<String> protocols,
			@DefaultValue("false") boolean allowUnauthenticated,
			@DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS) Duration handshakeTimeout,
			@DefaultValue("5m") @DurationUnit(ChronoUnit.SECONDS) Duration idleTimeout,
			@DefaultValue("64KB") DataSize maxPacketSize, @DefaultValue("1MB") DataSize maxInflatedSize,
			@DefaultValue("256KB") DataSize maxInflateRate, @DefaultValue("8KB") DataSize maxHandshakeSize,
			@DefaultValue("1KB") DataSize minReceiveRate, @DefaultValue Tcp tcp, @DefaultValue Websocket websocket,
			@DefaultValue Ssl ssl, @DefaultValue ProxyProtocol proxyProtocol, @DefaultValue Shutdown shutdown,
			@DefaultValue Limits limits) {

		/** The listener that these keys describe. */
		Listener listener() {
			return new Listener(this.port, this.address, this.protocols, this.allowUnauthenticated, 0, this.tcp,
					this.websocket, this.ssl, this.proxyProtocol);
		}

	}

	/**
	 * A further port that clients connect to. It shares sessions, groups, handlers and
	 * the limits of the server with the others.
	 *
	 * @param port Port that clients connect to. Use '0' for any free one.
	 * @param address Network address to listen on. By default all.
	 * @param protocols What clients may speak on this port: 'pomelo', 'json' or the name
	 * of a Protocol bean. With several, the first bytes of a client tell which it is.
	 * @param allowUnauthenticated Whether to serve a protocol whose clients cannot say
	 * who they are, although there are handshake validators.
	 * @param maxConnections How many clients may be connected to this port, beside the
	 * limits of the server. Use '0' for any number.
	 * @param tcp packets on the bare socket
	 * @param websocket packets in WebSocket messages
	 * @param ssl encryption
	 * @param proxyProtocol proxies that tell where their clients are
	 */
	public record Listener(@Nullable Integer port, @Nullable InetAddress address,
			@DefaultValue("pomelo") List<String> protocols, @DefaultValue("false") boolean allowUnauthenticated,
			@DefaultValue("0") int maxConnections, @DefaultValue Tcp tcp, @DefaultValue Websocket websocket,
			@DefaultValue Ssl ssl, @DefaultValue ProxyProtocol proxyProtocol) {
	}

	/**
	 * Packets on the bare socket.
	 *
	 * @param enabled Whether to take TCP clients on the game port.
	 */
	public record Tcp(@DefaultValue("true") boolean enabled) {
	}

	/**
	 * Packets in WebSocket messages.
	 *
	 * @param enabled Whether to take WebSocket clients on the game port.
	 * @param path The only path for WebSockets. By default any.
	 * @param allowedOrigins Origins of pages that may connect, besides those of the same
	 * host. Use '*' for all. Also valid for 'nano.web.path'.
	 * @param maxRequestLineSize Longest first line of the request for a WebSocket, which
	 * holds path and query. A longer one is answered 414.
	 * @param maxHeaderSize Longest headers of the request for a WebSocket, all together.
	 * Longer ones are answered 431.
	 */
	public record Websocket(@DefaultValue("true") boolean enabled, @DefaultValue("") String path,
			@DefaultValue List<String> allowedOrigins, @DefaultValue("8KB") DataSize maxRequestLineSize,
			@DefaultValue("8KB") DataSize maxHeaderSize) {
	}

	/**
	 * Encryption of the game port.
	 *
	 * @param bundle Name of the SSL bundle with the certificate of the server. Without
	 * one, the port speaks plain text only.
	 * @param clientAuth Whether clients show a certificate, which must be trusted by the
	 * SSL bundle.
	 * @param allowPlainText Whether to serve clients without TLS beside those with it.
	 */
	public record Ssl(@Nullable String bundle, @DefaultValue("none") ClientAuth clientAuth,
			@DefaultValue("false") boolean allowPlainText) {
	}

	/**
	 * Proxies in front of the game port.
	 *
	 * @param trustedAddresses Addresses and networks of proxies, such as '10.0.0.0/8',
	 * whose connections must begin with a header of the PROXY protocol, version 1 or 2.
	 * By default none, and the protocol is off.
	 */
	public record ProxyProtocol(@DefaultValue List<String> trustedAddresses) {
	}

	/**
	 * The end of the server.
	 *
	 * @param gracePeriod How long the server may take to stop: to finish what clients
	 * have asked for, and to close. Keep it below
	 * 'spring.lifecycle.timeout-per-shutdown-phase'.
	 */
	public record Shutdown(@DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS) Duration gracePeriod) {
	}

	/**
	 * How much clients may ask for.
	 *
	 * @param maxConnections How many clients may be connected. Use '0' for any number.
	 * @param maxConnectionsPerAddress How many clients may be connected from one IPv4
	 * address or one IPv6 network of 64 bits. Use '0' for any number.
	 * @param requestsPerSecond How many requests and notifies a session may send in a
	 * second. Use '0' for any number.
	 * @param burst How many of them may come at once. By default those of one second.
	 * @param weights For how many requests one to such a route counts, by default for
	 * one. A route with other signs than letters, digits, dots and dashes goes in square
	 * brackets.
	 * @param onExcess What becomes of a request too many: 'answer' with an error 429,
	 * 'drop' it, or 'kick' the client. Notifies are never answered.
	 * @param maxValidations How many clients may wait for the handshake validators, or be
	 * validated. One more is closed, to come back later. Use '0' for any number.
	 * @param maxGroupSize How many members a group may have. Use '0' for any number.
	 * @param maxAttributes How many attributes a session may have. Use '0' for any
	 * number.
	 */
	public record Limits(@DefaultValue("0") int maxConnections, @DefaultValue("0") int maxConnectionsPerAddress,
			@DefaultValue("0") int requestsPerSecond, @DefaultValue("0") int burst,
			@DefaultValue Map<String, Integer> weights, @DefaultValue("answer") OnExcess onExcess,
			@DefaultValue("1000") int maxValidations, @DefaultValue("0") int maxGroupSize,
			@DefaultValue("0") int maxAttributes) {
	}

	/**
	 * What is kept for a client.
	 *
	 * @param maxBacklog How many messages of a session may wait before it is not read
	 * from until it has caught up.
	 * @param maxBacklogSize How large these messages may be together, inflated, before
	 * the session is not read from until it has caught up.
	 * @param login What becomes of the login of a player who is logged in already:
	 * 'several' sessions for a player, 'replace' the older session, or 'refuse' the newer
	 * login. The same on one server and in a cluster, where all nodes need the same.
	 * @param keepQuery Whether the query of a WebSocket's URL is kept when its session
	 * has opened. Without it, only handshake validators and listeners can read it.
	 */
	public record Session(@DefaultValue("256") int maxBacklog, @DefaultValue("1MB") DataSize maxBacklogSize,
			@Nullable LoginPolicy login, @DefaultValue("false") boolean keepQuery) {
	}

	/**
	 * What is sent to a client.
	 *
	 * @param highWaterMark How many bytes may wait for a client that does not read,
	 * before the policy of the route decides.
	 * @param mergeWindow How long a push may wait for others to leave with it. Without a
	 * unit, milliseconds.
	 * @param policies What becomes of pushes to a client that does not read, by route.
	 * Routes that are not named disconnect it. Put routes in square brackets.
	 */
	public record Push(@DefaultValue("1MB") DataSize highWaterMark, @DefaultValue("0ms") Duration mergeWindow,
			@DefaultValue Map<String, PushPolicy> policies) {
	}

	/**
	 * Timers of the game.
	 *
	 * @param precision How late a timer may be. At least one millisecond; without a unit,
	 * milliseconds.
	 */
	public record Timer(@DefaultValue("10ms") Duration precision) {
	}

	/**
	 * Serial executors of the game.
	 *
	 * @param capacity How many tasks may wait in one lane.
	 */
	public record Lane(@DefaultValue("100000") int capacity) {
	}

	/**
	 * The game under the web server of the app.
	 *
	 * @param path Path of the game's WebSocket under the web server's own port. Off by
	 * default.
	 * @param protocols What clients may speak there: 'pomelo', 'json' or the name of a
	 * Protocol bean. With several, the first bytes of a client tell which it is.
	 */
	public record Web(@Nullable String path, @DefaultValue("pomelo") List<String> protocols) {
	}

}
