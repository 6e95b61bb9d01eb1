package io.nanogame.client;

import java.time.Duration;
import java.util.Map;

import javax.net.ssl.SSLException;

import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.Serializer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.json.JsonMapper;

/**
 * Builds {@link NanoClient}s. Not thread-safe.
 */
public final class NanoClientBuilder {

	private final ServerAddress server;

	private ClientInfo info = new ClientInfo(ClientInfo.NANO_JAVA, "0.1.0", "", "", "");

	private @Nullable Object user;

	private Serializer serializer = new JsonSerializer(JsonMapper.shared());

	private Duration connectTimeout = Duration.ofSeconds(10);

	private Duration requestTimeout = Duration.ofSeconds(10);

	private @Nullable Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

	private ResumeOptions resume = ResumeOptions.defaults();

	private int maxRequestsInFlight = 1024;

	private int maxPendingBytes = 1024 * 1024;

	private int maxPacketLength = 1024 * 1024;

	private int maxBufferedPushes = 1024;

	private int packetLimit = PacketDecoder.MAX_BODY_LENGTH;

	private @Nullable LengthIdSettings lengthId;

	private @Nullable SslContext tls;

	private @Nullable LoopResources loops;

	private @Nullable ClientMetrics metrics;

	private @Nullable WireTap wireTap;

	NanoClientBuilder(ServerAddress server) {
		this.server = server;
	}

	/**
	 * Sets the data for the handshake, such as a token.
	 * @param user a map, a record or a tree that is written as a JSON object
	 * @return this
	 */
	public NanoClientBuilder user(Object user) {
		this.user = user;
		return this;
	}

	/**
	 * Replaces the client's description of itself, which is {@code nano-java} by default.
	 * Some servers treat clients by their type.
	 * @param info the {@code sys} part of the handshake
	 * @return this
	 */
	public NanoClientBuilder info(ClientInfo info) {
		this.info = info;
		return this;
	}

	/**
	 * Uses the protocol {@code length-id} instead of pomelo's. It has no handshake:
	 * {@link #user} and {@link #info} are not sent, and {@link NanoClient#connect}
	 * completes when the connection is established. Replies are matched by their order.
	 * @param format the header of packets, as the server's listener has it
	 * @param ids the ids of handlers and pushes, by route
	 * @param errorId the id of errors; {@code null} if the server has none
	 * @return this
	 * @throws IllegalArgumentException when an id does not fit the format or is used
	 * twice
	 */
	public NanoClientBuilder lengthId(LengthIdFormat format, Map<String, Long> ids, @Nullable Long errorId) {
		this.lengthId = new LengthIdSettings(format, ids, errorId);
		this.packetLimit = this.lengthId.maxBodyLength();
		return this;
	}

	/**
	 * Sets the serializer of payloads, JSON by default. {@code byte[]} and generated
	 * protobuf messages work with any serializer.
	 * @param serializer the one the server uses
	 * @return this
	 */
	public NanoClientBuilder serializer(Serializer serializer) {
		this.serializer = serializer;
		return this;
	}

	/**
	 * Sets the time-out to connect, and then that of the handshake; 10 seconds by
	 * default.
	 * @param timeout above zero
	 * @return this
	 */
	public NanoClientBuilder connectTimeout(Duration timeout) {
		this.connectTimeout = Limits.positive("The connect timeout", timeout);
		return this;
	}

	/**
	 * Sets how long a request waits for its response, 10 seconds by default.
	 * @param timeout above zero
	 * @return this
	 */
	public NanoClientBuilder requestTimeout(Duration timeout) {
		this.requestTimeout = Limits.positive("The request timeout", timeout);
		return this;
	}

	/**
	 * Reconnects after a connection was lost, which is the default, with delays from one
	 * second to half a minute.
	 * @param backoff the delays
	 * @return this
	 */
	public NanoClientBuilder reconnect(Backoff backoff) {
		this.backoff = backoff;
		return this;
	}

	/**
	 * Closes the client when its connection is lost or cannot be established.
	 * @return this
	 */
	public NanoClientBuilder noReconnect() {
		this.backoff = null;
		return this;
	}

	/**
	 * Switches resuming on or off. It is on by default, but needs a server that can, and
	 * has no effect after {@link #noReconnect()}.
	 * @param enabled whether the client resumes its session after a cut
	 * @return this
	 */
	public NanoClientBuilder resume(boolean enabled) {
		return resume(this.resume.withEnabled(enabled));
	}

	/**
	 * Sets how the client resumes its session.
	 * @param options the options, such as limits
	 * @return this
	 */
	public NanoClientBuilder resume(ResumeOptions options) {
		this.resume = options;
		return this;
	}

	/**
	 * Limits the requests in flight, to 1,024 by default. Further requests fail with a
	 * {@link ClientOverloadedException}.
	 * @param max above zero
	 * @return this
	 */
	public NanoClientBuilder maxRequestsInFlight(int max) {
		this.maxRequestsInFlight = Limits.positive("The number of requests in flight", max);
		return this;
	}

	/**
	 * Limits the bytes that wait to be sent because the server does not read, to 1 MB by
	 * default. Further messages fail with a {@link ClientOverloadedException}.
	 * @param max in bytes, above zero
	 * @return this
	 */
	public NanoClientBuilder maxPendingBytes(int max) {
		this.maxPendingBytes = Limits.positive("The number of pending bytes", max);
		return this;
	}

	/**
	 * Limits the length of a received packet, and of a decompressed body, to 1 MB by
	 * default. A longer one ends the connection with a {@link ConnectionLostException}
	 * that names this limit.
	 * @param max in bytes, up to 16,777,215; after {@link #lengthId} up to the longest
	 * body of its format
	 * @return this
	 */
	public NanoClientBuilder maxPacketLength(int max) {
		if (max > this.packetLimit) {
			throw new IllegalArgumentException(
					"No packet is longer than %d bytes: %d".formatted(this.packetLimit, max));
		}
		this.maxPacketLength = Limits.positive("The length of a packet", max);
		return this;
	}

	/**
	 * Limits the pushes that a {@link NanoClient#pushes Flux} buffers for a slow
	 * subscriber, to 1,024 by default. When the buffer overflows, the Flux fails.
	 * @param max above zero
	 * @return this
	 */
	public NanoClientBuilder maxBufferedPushes(int max) {
		this.maxBufferedPushes = Limits.positive("The number of buffered pushes", max);
		return this;
	}

	/**
	 * Sets the trusted authorities and the client's certificate for {@code tls} and
	 * {@code wss}; the JDK's trust store by default. The server's host name is verified.
	 * @param context for clients
	 * @return this
	 */
	public NanoClientBuilder tls(SslContext context) {
		this.tls = context;
		return this;
	}

	/**
	 * Sets the event loops; those that Reactor Netty shares by default.
	 * @param loops owned, and disposed of, by the caller
	 * @return this
	 */
	public NanoClientBuilder loops(LoopResources loops) {
		this.loops = loops;
		return this;
	}

	/**
	 * Records metrics; off by default. Needs Micrometer on the class path.
	 * @param metrics may be shared by many clients
	 * @return this
	 */
	public NanoClientBuilder metrics(ClientMetrics metrics) {
		this.metrics = metrics;
		return this;
	}

	/**
	 * Sets an observer of all packets; none by default.
	 * @param wireTap receives every packet
	 * @return this
	 */
	public NanoClientBuilder wireTap(WireTap wireTap) {
		this.wireTap = wireTap;
		return this;
	}

	/**
	 * Creates a client. May be called repeatedly: the clients of one builder share its
	 * TLS context.
	 * @return a client that is not connected yet
	 */
	public NanoClient build() {
		return new NanoClient(new ClientSettings(this.server, HandshakeRequest.of(this.info, this.user), payloads(),
				this.connectTimeout, this.requestTimeout, this.backoff, this.maxRequestsInFlight, this.maxPendingBytes,
				this.maxPacketLength, this.maxBufferedPushes, sslContext(), this.loops, this.metrics, this.wireTap,
				this.lengthId, this.resume));
	}

	private Payloads payloads() {
		return (this.lengthId != null) ? new Payloads(this.serializer, this.packetLimit)
				: new Payloads(this.serializer);
	}

	private @Nullable SslContext sslContext() {
		if (!this.server.isTls()) {
			return null;
		}
		if (this.tls == null) {
			try {
				this.tls = SslContextBuilder.forClient().build();
			}
			catch (SSLException ex) {
				throw new IllegalStateException("TLS is not available", ex);
			}
		}
		return this.tls;
	}

}
