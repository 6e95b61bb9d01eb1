package io.nanogame.client;

import java.time.Duration;

import javax.net.ssl.SSLException;

import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeRequest;
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
 * Makes {@link NanoClient}s. For one thread.
 */
public final class NanoClientBuilder {

	private final ServerAddress server;

	private ClientInfo info = new ClientInfo(ClientInfo.NANO_JAVA, "0.1.0", "", "", "");

	private @Nullable Object user;

	private Serializer serializer = new JsonSerializer(JsonMapper.shared());

	private Duration connectTimeout = Duration.ofSeconds(10);

	private Duration requestTimeout = Duration.ofSeconds(10);

	private @Nullable Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

	private int maxRequestsInFlight = 1024;

	private int maxPendingBytes = 1024 * 1024;

	private int maxPacketLength = 1024 * 1024;

	private int maxBufferedPushes = 1024;

	private @Nullable SslContext tls;

	private @Nullable LoopResources loops;

	private @Nullable ClientMetrics metrics;

	private @Nullable WireTap wireTap;

	NanoClientBuilder(ServerAddress server) {
		this.server = server;
	}

	/**
	 * Data for the server's handshake, such as a token.
	 * @param user what becomes a JSON object: a map, a record, a tree
	 * @return this
	 */
	public NanoClientBuilder user(Object user) {
		this.user = user;
		return this;
	}

	/**
	 * How the client describes itself, if not as what it is: some servers treat clients
	 * by their kind.
	 * @param info the {@code sys} part of the handshake
	 * @return this
	 */
	public NanoClientBuilder info(ClientInfo info) {
		this.info = info;
		return this;
	}

	/**
	 * How payloads become bytes; JSON by default. {@code byte[]} and generated protobuf
	 * messages work with any.
	 * @param serializer the one the server uses
	 * @return this
	 */
	public NanoClientBuilder serializer(Serializer serializer) {
		this.serializer = serializer;
		return this;
	}

	/**
	 * How long it may take to connect, and then to shake hands; 10 seconds by default.
	 * @param timeout above zero
	 * @return this
	 */
	public NanoClientBuilder connectTimeout(Duration timeout) {
		this.connectTimeout = positive("The connect timeout", timeout);
		return this;
	}

	/**
	 * How long a request waits for its answer; 10 seconds by default.
	 * @param timeout above zero
	 * @return this
	 */
	public NanoClientBuilder requestTimeout(Duration timeout) {
		this.requestTimeout = positive("The request timeout", timeout);
		return this;
	}

	/**
	 * Makes lost connections again, which is the default: after a second at first, half a
	 * minute at most.
	 * @param backoff how long to wait
	 * @return this
	 */
	public NanoClientBuilder reconnect(Backoff backoff) {
		this.backoff = backoff;
		return this;
	}

	/**
	 * A client that has lost its connection, or cannot make the first one, is closed.
	 * @return this
	 */
	public NanoClientBuilder noReconnect() {
		this.backoff = null;
		return this;
	}

	/**
	 * How many requests may wait for answers; 1,024 by default. One more fails with a
	 * {@link ClientOverloadedException}.
	 * @param most above zero
	 * @return this
	 */
	public NanoClientBuilder maxRequestsInFlight(int most) {
		this.maxRequestsInFlight = positive("The number of requests in flight", most);
		return this;
	}

	/**
	 * How much may wait for the server to read; 1 MB by default. What is sent beyond
	 * fails with a {@link ClientOverloadedException}.
	 * @param most in bytes, above zero
	 * @return this
	 */
	public NanoClientBuilder maxPendingBytes(int most) {
		this.maxPendingBytes = positive("The number of pending bytes", most);
		return this;
	}

	/**
	 * The longest packet to take, and the longest body to inflate a compressed one to; 1
	 * MB by default. The connection ends at a longer one, with a
	 * {@link ConnectionLostException} that names this limit.
	 * @param most in bytes, up to 16,777,215
	 * @return this
	 */
	public NanoClientBuilder maxPacketLength(int most) {
		if (most > PacketDecoder.MAX_BODY_LENGTH) {
			throw new IllegalArgumentException(
					"No packet is longer than %d bytes: %d".formatted(PacketDecoder.MAX_BODY_LENGTH, most));
		}
		this.maxPacketLength = positive("The length of a packet", most);
		return this;
	}

	/**
	 * How many pushes a {@link NanoClient#pushes Flux} keeps for a slow subscriber; 1,024
	 * by default. One more ends the Flux with an error.
	 * @param most above zero
	 * @return this
	 */
	public NanoClientBuilder maxBufferedPushes(int most) {
		this.maxBufferedPushes = positive("The number of buffered pushes", most);
		return this;
	}

	/**
	 * Whom to trust, and who the client is, with {@code tls} and {@code wss}; the JDK's
	 * trust store by default. The server's name is checked.
	 * @param context for clients
	 * @return this
	 */
	public NanoClientBuilder tls(SslContext context) {
		this.tls = context;
		return this;
	}

	/**
	 * The event loops to use; those all of Reactor Netty shares by default.
	 * @param loops remain the caller's
	 * @return this
	 */
	public NanoClientBuilder loops(LoopResources loops) {
		this.loops = loops;
		return this;
	}

	/**
	 * Counts what the client does; not by default. Needs Micrometer on the class path.
	 * @param metrics one for many clients
	 * @return this
	 */
	public NanoClientBuilder metrics(ClientMetrics metrics) {
		this.metrics = metrics;
		return this;
	}

	/**
	 * Shows what goes over the wire; not by default.
	 * @param wireTap sees every packet
	 * @return this
	 */
	public NanoClientBuilder wireTap(WireTap wireTap) {
		this.wireTap = wireTap;
		return this;
	}

	/**
	 * Makes a client. May be called again: many clients of one builder share what they
	 * can.
	 * @return not connected yet
	 */
	public NanoClient build() {
		return new NanoClient(new ClientSettings(this.server, HandshakeRequest.of(this.info, this.user),
				new Payloads(this.serializer), this.connectTimeout, this.requestTimeout, this.backoff,
				this.maxRequestsInFlight, this.maxPendingBytes, this.maxPacketLength, this.maxBufferedPushes,
				sslContext(), this.loops, this.metrics, this.wireTap));
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

	private static Duration positive(String what, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException("%s must be above zero: %s".formatted(what, value));
		}
		return value;
	}

	private static int positive(String what, int value) {
		if (value <= 0) {
			throw new IllegalArgumentException("%s must be above zero: %d".formatted(what, value));
		}
		return value;
	}

}
