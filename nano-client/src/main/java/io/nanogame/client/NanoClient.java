package io.nanogame.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.serialize.PayloadReader;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * A player, seen from its own side: connects to a server of the family, asks, tells, and
 * listens to pushes. A lost connection is made again by itself; what the server knew of
 * the player is gone then, so log in and join again whenever {@link #states()} says
 * {@link Phase#OPEN}.
 * <p>
 * Any thread may call. Listeners and the subscribers of what is returned run on an event
 * loop that many clients share: they must not block. Messages are sent and pushes arrive
 * in their order.
 */
public final class NanoClient implements AutoCloseable {

	private final ClientSettings settings;

	private final Map<Class<?>, PayloadReader> readers = new ConcurrentHashMap<>();

	private final Listeners listeners = new Listeners();

	private final Connector connector;

	NanoClient(ClientSettings settings) {
		this.settings = settings;
		this.connector = new Connector(settings, this.listeners);
	}

	/**
	 * A builder for a client of one server.
	 * @param server {@code tcp://host:port}, {@code tls://host:port},
	 * {@code ws://host:port/path} or {@code wss://host:port/path}; the port may be left
	 * out, and is 3250 then for the former two
	 * @return the builder
	 * @throws IllegalArgumentException if it is none of these
	 */
	public static NanoClientBuilder builder(String server) {
		return new NanoClientBuilder(ServerAddress.of(server));
	}

	// Connecting

	/**
	 * Connects, once however often it is subscribed to. While the server cannot be
	 * reached, the client tries again, unless it was built without.
	 * @return the server's answer to the first handshake that succeeded; fails with a
	 * {@link HandshakeRefusedException}, or with whatever else closed the client
	 */
	public Mono<HandshakeResponse> connect() {
		return Mono.defer(this.connector::connect);
	}

	/**
	 * Closes for good, behind what was sent. Requests that wait fail with a
	 * {@link ClientClosedException}.
	 */
	@Override
	public void close() {
		this.connector.close();
	}

	/**
	 * How this client is connected.
	 * @return as of now
	 */
	public ClientState state() {
		return this.connector.state();
	}

	/**
	 * How this client is connected, and each change of it.
	 * @return begins with the present state, ends behind {@link Phase#CLOSED}
	 */
	public Flux<ClientState> states() {
		return this.connector.states();
	}

	// Asking and telling

	/**
	 * Asks the server.
	 * @param <T> the type of the answer
	 * @param route such as {@code room.join}
	 * @param payload what to send; {@code null} for nothing
	 * @param type of the answer; {@code Void} if it does not matter
	 * @return the answer. Nothing is sent before it is subscribed to, and it is asked
	 * again by each subscriber; who cancels does not hear the answer. Fails with one of
	 * the {@link NanoClientException}s, or with
	 * {@link io.nanogame.serialize.SerializationException} when payload or answer are not
	 * what they should be, or {@link io.nanogame.protocol.ProtocolException} when route
	 * or payload are too long to be sent.
	 */
	public <T> Mono<T> request(String route, @Nullable Object payload, Class<T> type) {
		return request(route, payload, type, this.settings.requestTimeout());
	}

	/**
	 * As {@link #request(String, Object, Class)}, with a time of its own.
	 * @param <T> the type of the answer
	 * @param route such as {@code room.join}
	 * @param payload what to send; {@code null} for nothing
	 * @param type of the answer; {@code Void} if it does not matter
	 * @param timeout how long to wait
	 * @return the answer
	 */
	public <T> Mono<T> request(String route, @Nullable Object payload, Class<T> type, Duration timeout) {
		PayloadReader reader = (type != Void.class) ? reader(type) : null;
		return Mono.<Object>create((sink) -> {
			byte[] body = write(payload);
			this.connector.open().request(route, body, reader, timeout, sink);
		}).cast(type);
	}

	/**
	 * Asks the server at once.
	 * @param <T> the type of the answer
	 * @param route such as {@code room.join}
	 * @param payload what to send; {@code null} for nothing
	 * @param type of the answer; {@code Void} if it does not matter
	 * @return the answer, as of {@link #request(String, Object, Class)}
	 */
	public <T> CompletionStage<T> requestAsync(String route, @Nullable Object payload, Class<T> type) {
		return request(route, payload, type).toFuture();
	}

	/**
	 * Asks the server and waits for the answer. Not on an event loop.
	 * @param <T> the type of the answer
	 * @param route such as {@code room.join}
	 * @param payload what to send; {@code null} for nothing
	 * @param type of the answer; {@code Void} if it does not matter
	 * @return the answer, {@code null} if it is nothing
	 * @throws NanoClientException as the {@link #request(String, Object, Class)} fails
	 * @throws IllegalStateException on a thread that must not wait
	 */
	public <T> @Nullable T call(String route, @Nullable Object payload, Class<T> type) {
		return request(route, payload, type).block();
	}

	/**
	 * Tells the server something. There is no answer, and no word of it if the connection
	 * is lost meanwhile.
	 * @param route such as {@code chat.typing}
	 * @param payload what to send; {@code null} for nothing
	 * @throws NotConnectedException if there is no connection
	 * @throws ClientOverloadedException if the server does not read
	 * @throws io.nanogame.protocol.ProtocolException if route or payload are too long
	 * @throws io.nanogame.serialize.SerializationException if the payload cannot be
	 * written
	 */
	public void notify(String route, @Nullable Object payload) {
		byte[] body = write(payload);
		this.connector.open().tell(route, body);
	}

	private byte[] write(@Nullable Object payload) {
		return (payload != null) ? this.settings.payloads().write(payload) : this.settings.payloads().empty();
	}

	private PayloadReader reader(Class<?> type) {
		return this.readers.computeIfAbsent(type, this.settings.payloads()::reader);
	}

	// Listening

	/**
	 * Listens to pushes, over all reconnects.
	 * @param <T> their type
	 * @param route such as {@code onMessage}
	 * @param type their type
	 * @param listener called for each in its turn, on an event loop: must not block
	 * @return ends it
	 */
	public <T> Disposable on(String route, Class<T> type, Consumer<? super T> listener) {
		return this.listeners.add(route, reader(type), (value) -> listener.accept(type.cast(value)));
	}

	/**
	 * Listens to all pushes as they come, over all reconnects.
	 * @param listener given route and body, which is not to be changed; called for each
	 * in its turn, on an event loop: must not block
	 * @return ends it
	 */
	public Disposable onAny(BiConsumer<String, byte[]> listener) {
		return this.listeners.add(listener);
	}

	/**
	 * Listens to pushes, over all reconnects.
	 * @param <T> their type
	 * @param route such as {@code onMessage}
	 * @param type their type
	 * @return pushes from when it is subscribed to until the client is closed. Those that
	 * a slow subscriber did not take wait in a buffer; when it is full, the Flux fails
	 * behind what is in it.
	 */
	public <T> Flux<T> pushes(String route, Class<T> type) {
		return Flux.<T>create((sink) -> sink.onDispose(on(route, type, sink::next)), FluxSink.OverflowStrategy.IGNORE)
			.onBackpressureBuffer(this.settings.maxBufferedPushes(), BufferOverflowStrategy.ERROR)
			.onErrorMap(Exceptions::isOverflow, (overflow) -> tooManyPushes(route))
			.takeUntilOther(this.connector.closed());
	}

	private Throwable tooManyPushes(String route) {
		return Exceptions.failWithOverflow(
				"More than %d pushes of %s wait, which is the limit set by NanoClientBuilder.maxBufferedPushes"
					.formatted(this.settings.maxBufferedPushes(), route));
	}

}
