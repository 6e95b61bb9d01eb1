package io.nanogame.boot.autoconfigure;

import java.net.InetAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.nanogame.connection.CompressionSettings.Method;
import io.nanogame.connection.PushPolicy;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.session.LoginPolicy;
import io.netty.handler.ssl.ClientAuth;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * The configuration of a game server. Durations without a unit are seconds, sizes are
 * bytes.
 *
 * @param server the game port
 * @param heartbeat Interval at which clients send heartbeats. Whole seconds, at least
 * one.
 * @param requestTimeout Time-out of a request, from its receipt. If its handler has not
 * started by then, the request fails with 503 and is not handled; otherwise it fails with
 * 408.
 * @param serializer Serializer of payloads: 'json', 'protobuf', 'raw' or the name of a
 * Serializer bean. By default the only other Serializer bean, otherwise JSON.
 * @param additionalSerializers Serializers that a handshake validator can choose for a
 * session, besides the server's: 'json', 'protobuf', 'raw' or names of Serializer beans.
 * @param dictionary Codes that replace routes on the wire, 1 to 65535. Put a route in
 * square brackets if it contains other characters than letters, digits, dots and dashes.
 * @param logMessages Whether to log type, route, id and length of each message.
 * @param session sessions of clients
 * @param push pushes to clients
 * @param timer timers of the game
 * @param lane serial executors of the game
 * @param web the game on the port of the app's web server
 * @param listeners Additional ports for clients, by name.
 */
@ConfigurationProperties("nano")
public record NanoProperties(@DefaultValue Server server,
		@DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) Duration heartbeat,
		@DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) Duration requestTimeout, @Nullable String serializer,
		@DefaultValue List<String> additionalSerializers, @DefaultValue Map<String, Integer> dictionary,
		@DefaultValue("false") boolean logMessages, @DefaultValue Session session, @DefaultValue Push push,
		@DefaultValue Timer timer, @DefaultValue Lane lane, @DefaultValue Web web,
		@DefaultValue Map<String, Listener> listeners) {

	public NanoProperties {
		listeners = ListenerNames.withoutSecond(listeners);
	}

	/**
	 * The game port.
	 *
	 * @param enabled Whether to listen on the game port. If false, a node of a cluster
	 * serves only clients of other nodes.
	 * @param port Port that clients connect to. Use '0' for any free port.
	 * @param address Network address to listen on. By default all addresses.
	 * @param protocols Protocols of this port: 'pomelo', 'json', 'length-id', 'raw' or
	 * the name of a Protocol bean. If there are several, the first bytes of a client
	 * select its protocol.
	 * @param ids Ids of handlers and pushes in the protocol 'length-id', by route.
	 * @param lengthId packets of the protocol 'length-id'
	 * @param allowUnauthenticated Whether to serve protocols without authentication in
	 * the handshake although there are handshake validators.
	 * @param raw messages of the protocol 'raw'
	 * @param handshakeTimeout Time-out from the connect of a client to the end of its
	 * handshake.
	 * @param idleTimeout Maximum silence of a client without heartbeats. WebSocket
	 * clients are pinged instead.
	 * @param maxPacketSize Maximum size of a packet body, up to 16777215 bytes. On ports
	 * of the protocol 'length-id' up to 2147482623 bytes.
	 * @param maxInflatedSize Maximum size of an inflated body, and the number of bytes an
	 * event loop inflates before it serves other clients. Use '0' to reject compressed
	 * bodies.
	 * @param maxInflateRate Maximum number of bytes that are inflated for one client per
	 * second. Excess data is read more slowly.
	 * @param maxHandshakeSize Maximum size of a handshake, and of other packets without a
	 * message.
	 * @param minReceiveRate Minimum number of bytes per second at which a client must
	 * send a packet that it has begun, in addition to the handshake timeout.
	 * @param compression Compression of what the server sends: 'pomelo' for message
	 * bodies, to clients of the protocol 'pomelo' that read it; 'permessage-deflate' for
	 * WebSocket messages, if the client offers it. Off by default.
	 * @param compressionThreshold Minimum size of what is compressed.
	 * @param tcp packets over plain TCP
	 * @param websocket packets in WebSocket messages
	 * @param ssl encryption
	 * @param proxyProtocol proxies that send the addresses of their clients
	 * @param addresses addresses of clients that may connect
	 * @param keepAlive probes of idle connections
	 * @param shutdown the stop of the server
	 * @param limits limits on clients
	 */
	public record Server(@DefaultValue("true") boolean enabled, @DefaultValue("3250") int port,
			@Nullable InetAddress address, @DefaultValue("pomelo") List<String> protocols,
			@DefaultValue Map<String, Long> ids, @DefaultValue @NestedConfigurationProperty LengthIdProperties lengthId,
			@DefaultValue("false") boolean allowUnauthenticated,
			@DefaultValue @NestedConfigurationProperty RawProperties raw,
			@DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS) Duration handshakeTimeout,
			@DefaultValue("5m") @DurationUnit(ChronoUnit.SECONDS) Duration idleTimeout,
			@DefaultValue("64KB") DataSize maxPacketSize, @DefaultValue("1MB") DataSize maxInflatedSize,
			@DefaultValue("256KB") DataSize maxInflateRate, @DefaultValue("8KB") DataSize maxHandshakeSize,
			@DefaultValue("1KB") DataSize minReceiveRate, @DefaultValue List<Method> compression,
			@DefaultValue("1KB") DataSize compressionThreshold, @DefaultValue Tcp tcp,
			@DefaultValue @NestedConfigurationProperty WebsocketProperties websocket, @DefaultValue Ssl ssl,
			@DefaultValue ProxyProtocol proxyProtocol,
			@DefaultValue @NestedConfigurationProperty AddressProperties addresses,
			@DefaultValue @NestedConfigurationProperty KeepAliveProperties keepAlive, @DefaultValue Shutdown shutdown,
			@DefaultValue Limits limits) {

		/** The listener that these keys describe. */
		Listener listener() {
			return new Listener(this.port, this.address, this.protocols, this.ids, this.lengthId,
					this.allowUnauthenticated, this.raw, 0, this.tcp, this.websocket, this.ssl, this.proxyProtocol,
					this.addresses, this.keepAlive);
		}

	}

	/**
	 * An additional port for clients. It shares sessions, groups, handlers and the limits
	 * of the server with the other ports.
	 *
	 * @param port Port that clients connect to. Use '0' for any free port.
	 * @param address Network address to listen on. By default all addresses.
	 * @param protocols Protocols of this port: 'pomelo', 'json', 'length-id', 'raw' or
	 * the name of a Protocol bean. If there are several, the first bytes of a client
	 * select its protocol.
	 * @param ids Ids of handlers and pushes in the protocol 'length-id', by route.
	 * @param lengthId packets of the protocol 'length-id'
	 * @param allowUnauthenticated Whether to serve protocols without authentication in
	 * the handshake although there are handshake validators.
	 * @param raw messages of the protocol 'raw'
	 * @param maxConnections Maximum number of connections to this port, in addition to
	 * the limits of the server. Use '0' for no limit.
	 * @param tcp packets over plain TCP
	 * @param websocket packets in WebSocket messages
	 * @param ssl encryption
	 * @param proxyProtocol proxies that send the addresses of their clients
	 * @param addresses addresses of clients that may connect
	 * @param keepAlive probes of idle connections
	 */
	public record Listener(@Nullable Integer port, @Nullable InetAddress address,
			@DefaultValue("pomelo") List<String> protocols, @DefaultValue Map<String, Long> ids,
			@DefaultValue @NestedConfigurationProperty LengthIdProperties lengthId,
			@DefaultValue("false") boolean allowUnauthenticated,
			@DefaultValue @NestedConfigurationProperty RawProperties raw, @DefaultValue("0") int maxConnections,
			@DefaultValue Tcp tcp, @DefaultValue @NestedConfigurationProperty WebsocketProperties websocket,
			@DefaultValue Ssl ssl, @DefaultValue ProxyProtocol proxyProtocol,
			@DefaultValue @NestedConfigurationProperty AddressProperties addresses,
			@DefaultValue @NestedConfigurationProperty KeepAliveProperties keepAlive) {
	}

	/**
	 * Packets over plain TCP.
	 *
	 * @param enabled Whether to accept TCP clients on the port.
	 */
	public record Tcp(@DefaultValue("true") boolean enabled) {
	}

	/**
	 * Encryption of the game port.
	 *
	 * @param bundle Name of the SSL bundle with the certificate of the server. Without a
	 * bundle, the port serves plain text only.
	 * @param clientAuth Whether clients must or may present a certificate, which the SSL
	 * bundle must trust.
	 * @param allowPlainText Whether to serve clients without TLS besides clients with
	 * TLS.
	 */
	public record Ssl(@Nullable String bundle, @DefaultValue("none") ClientAuth clientAuth,
			@DefaultValue("false") boolean allowPlainText) {
	}

	/**
	 * Proxies in front of the game port.
	 *
	 * @param trustedAddresses Addresses and networks of proxies, such as '10.0.0.0/8',
	 * whose connections must begin with a PROXY protocol header, version 1 or 2. By
	 * default none, so that the protocol is off.
	 */
	public record ProxyProtocol(@DefaultValue List<String> trustedAddresses) {
	}

	/**
	 * The stop of the server.
	 *
	 * @param gracePeriod Maximum duration of a stop: finishing the messages in flight,
	 * and closing the connections. Must not exceed
	 * 'spring.lifecycle.timeout-per-shutdown-phase'.
	 */
	public record Shutdown(@DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS) Duration gracePeriod) {
	}

	/**
	 * Limits on clients.
	 *
	 * @param maxConnections Maximum number of connections. Use '0' for no limit.
	 * @param maxConnectionsPerAddress Maximum number of connections from one IPv4 address
	 * or one IPv6 network of 64 bits. Use '0' for no limit.
	 * @param requestsPerSecond Maximum number of requests and notifies of a session per
	 * second. Use '0' for no limit.
	 * @param burst Maximum number of requests and notifies in a burst. By default those
	 * of one second.
	 * @param weights Weights of routes: the number of requests that one request counts
	 * as, by default 1. Put a route in square brackets if it contains other characters
	 * than letters, digits, dots and dashes.
	 * @param onExcess Action on a request that exceeds the rate: 'answer' it with error
	 * 429, 'drop' it, or 'kick' the client. A notify is dropped instead of answered.
	 * @param maxValidations Maximum number of handshakes that wait for validation or are
	 * validated. Further clients are disconnected and may reconnect later. Use '0' for no
	 * limit.
	 * @param maxGroupSize Maximum number of members of a group. Use '0' for no limit.
	 * @param maxAttributes Maximum number of attributes of a session. Use '0' for no
	 * limit.
	 */
	public record Limits(@DefaultValue("0") int maxConnections, @DefaultValue("0") int maxConnectionsPerAddress,
			@DefaultValue("0") int requestsPerSecond, @DefaultValue("0") int burst,
			@DefaultValue Map<String, Integer> weights, @DefaultValue("answer") OnExcess onExcess,
			@DefaultValue("1000") int maxValidations, @DefaultValue("0") int maxGroupSize,
			@DefaultValue("0") int maxAttributes) {
	}

	/**
	 * Sessions of clients.
	 *
	 * @param maxBacklog Number of pending messages of a session at which reading from it
	 * pauses until they are handled.
	 * @param maxBacklogSize Total inflated size of the pending messages of a session at
	 * which reading from it pauses until they are handled.
	 * @param login Policy for the login of a player who is already logged in: allow
	 * 'several' sessions, 'replace' the older session, 'refuse' the new login, or
	 * 'continue' the older session. Must be the same on all nodes of a cluster.
	 * @param keepQuery Whether to keep the query of a WebSocket's URL after the session
	 * has opened. If false, only handshake validators and listeners can read it.
	 */
	public record Session(@DefaultValue("256") int maxBacklog, @DefaultValue("1MB") DataSize maxBacklogSize,
			@Nullable LoginPolicy login, @DefaultValue("false") boolean keepQuery) {
	}

	/**
	 * Pushes to clients.
	 *
	 * @param highWaterMark Number of queued bytes of a client that does not read above
	 * which the policy of the route applies.
	 * @param merge Windows in which broadcasts of a group become one push with a list of
	 * items, by route, up to 5s. Without a unit, milliseconds. Put routes in square
	 * brackets.
	 * @param mergeField Name of the field with the list of items.
	 * @param mergeWindow Maximum delay of a push, in which further pushes are merged into
	 * the same write. Without a unit, milliseconds.
	 * @param policies Policies for pushes to a client that does not read, by route;
	 * 'disconnect' for others, 'drop' for 'room.state'. Put routes in square brackets.
	 */
	public record Push(@DefaultValue("1MB") DataSize highWaterMark, @DefaultValue Map<String, Duration> merge,
			@DefaultValue("items") String mergeField, @DefaultValue("0ms") Duration mergeWindow,
			@DefaultValue Map<String, PushPolicy> policies) {
	}

	/**
	 * Timers of the game.
	 *
	 * @param precision Maximum delay of a timer. At least one millisecond; without a
	 * unit, milliseconds.
	 */
	public record Timer(@DefaultValue("10ms") Duration precision) {
	}

	/**
	 * Serial executors of the game.
	 *
	 * @param capacity Maximum number of queued tasks of a lane.
	 */
	public record Lane(@DefaultValue("100000") int capacity) {
	}

	/**
	 * The game on the port of the app's web server.
	 *
	 * @param path Path of the game's WebSocket on the web server's port. Off by default.
	 * @param protocols Protocols at that path: 'pomelo', 'json', 'raw' or the name of a
	 * Protocol bean. If there are several, the first bytes of a client select its
	 * protocol.
	 * @param raw messages of the protocol 'raw'
	 * @param subprotocols WebSocket subprotocols of the game, by preference.
	 */
	public record Web(@Nullable String path, @DefaultValue("pomelo") List<String> protocols,
			@DefaultValue @NestedConfigurationProperty RawProperties raw, @DefaultValue List<String> subprotocols) {
	}

}
