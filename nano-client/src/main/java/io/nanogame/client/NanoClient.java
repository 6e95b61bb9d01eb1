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
import reactor.core.scheduler.Schedulers;

/**
 * A client of one server of the family: sends requests and notifications, and listens for
 * pushes. It reconnects when the connection is lost, and resumes its session if the
 * server can: then nothing is lost, and messages that are sent meanwhile wait. Otherwise
 * the server has a new session for it, so log in and join again whenever
 * {@link #states()} emits {@link Phase#OPEN}.
 * <p>
 * Thread-safe. Listeners, and subscribers to what the methods return, run on an event
 * loop that many clients share: they must not block. Messages are sent in the order of
 * the calls; pushes are delivered in the order in which the server sent them.
 */
public final class NanoClient implements AutoCloseable {

	private final ClientSettings settings;

	private final Map<Class<?>, PayloadReader> readers = new ConcurrentHashMap<>();

	private final Listeners listeners = new Listeners();

	private final Connector connector;

	private final ClientRooms rooms = new ClientRooms(this, Schedulers.parallel());

	NanoClient(ClientSettings settings) {
		this.settings = settings;
		this.connector = new Connector(settings, this.listeners);
	}

	/**
	 * Returns a builder for clients of one server.
	 * @param server {@code tcp://host:port}, {@code tls://host:port},
	 * {@code ws://host:port/path} or {@code wss://host:port/path}; the port is optional,
	 * and 3250 by default for the former two
	 * @return the builder
	 * @throws IllegalArgumentException if the address has another form
	 */
	public static NanoClientBuilder builder(String server) {
		return new NanoClientBuilder(ServerAddress.of(server));
	}

	// Connecting

	/**
	 * Connects when subscribed to for the first time. While the server cannot be reached,
	 * the client tries again, unless it was built with
	 * {@link NanoClientBuilder#noReconnect()}.
	 * @return the server's reply to the first successful handshake; fails with the reason
	 * why the client was closed, such as a {@link HandshakeRefusedException}
	 */
	public Mono<HandshakeResponse> connect() {
		return Mono.defer(this.connector::connect);
	}

	/**
	 * Closes this client for good, after all queued output. Pending requests fail with a
	 * {@link ClientClosedException}.
	 */
	@Override
	public void close() {
		this.connector.close();
	}

	/**
	 * Returns the state of the connection.
	 * @return the current state
	 */
	public ClientState state() {
		return this.connector.state();
	}

	/**
	 * Returns the state of the connection and its changes.
	 * @return begins with the current state, completes after {@link Phase#CLOSED}
	 */
	public Flux<ClientState> states() {
		return this.connector.states();
	}

	// Requests and notifications

	/**
	 * Sends a request.
	 * @param <T> the type of the response
	 * @param route such as {@code room.join}
	 * @param payload the payload; {@code null} for an empty one
	 * @param type the type of the response; {@code Void} to ignore its body
	 * @return the response. Each subscription sends the request, and nothing is sent
	 * before. A subscriber that cancels does not receive the response. Fails with one of
	 * the {@link NanoClientException}s, with
	 * {@link io.nanogame.serialize.SerializationException} when the payload cannot be
	 * written or the response cannot be read, or with
	 * {@link io.nanogame.protocol.ProtocolException} when route or payload are too long.
	 */
	public <T> Mono<T> request(String route, @Nullable Object payload, Class<T> type) {
		return request(route, payload, type, this.settings.requestTimeout());
	}

	/**
	 * Sends a request with its own time-out, as {@link #request(String, Object, Class)}
	 * does.
	 * @param <T> the type of the response
	 * @param route such as {@code room.join}
	 * @param payload the payload; {@code null} for an empty one
	 * @param type the type of the response; {@code Void} to ignore its body
	 * @param timeout how long to wait for the response
	 * @return the response
	 */
	public <T> Mono<T> request(String route, @Nullable Object payload, Class<T> type, Duration timeout) {
		PayloadReader reader = (type != Void.class) ? responseReader(type) : null;
		return Mono.<Object>create((sink) -> {
			byte[] body = write(payload);
			this.connector.open().request(route, body, reader, timeout, sink);
		}).cast(type);
	}

	/**
	 * Sends a request at once.
	 * @param <T> the type of the response
	 * @param route such as {@code room.join}
	 * @param payload the payload; {@code null} for an empty one
	 * @param type the type of the response; {@code Void} to ignore its body
	 * @return completes as {@link #request(String, Object, Class)}
	 */
	public <T> CompletionStage<T> requestAsync(String route, @Nullable Object payload, Class<T> type) {
		return request(route, payload, type).toFuture();
	}

	/**
	 * Sends a request and waits for the response. Must not be called on an event loop.
	 * @param <T> the type of the response
	 * @param route such as {@code room.join}
	 * @param payload the payload; {@code null} for an empty one
	 * @param type the type of the response; {@code Void} to ignore its body
	 * @return the response; {@code null} if there is no value
	 * @throws NanoClientException as {@link #request(String, Object, Class)}
	 * @throws IllegalStateException on a thread that must not block
	 */
	public <T> @Nullable T call(String route, @Nullable Object payload, Class<T> type) {
		return request(route, payload, type).block();
	}

	/**
	 * Sends a notification. The server does not reply. A notification that is lost with
	 * its session is passed to the listeners of {@link #onUndelivered}, if the server can
	 * resume sessions; otherwise one that is lost with the connection is not reported.
	 * @param route such as {@code chat.typing}
	 * @param payload the payload; {@code null} for an empty one
	 * @throws NotConnectedException if there is no connection
	 * @throws ClientOverloadedException if too many bytes wait to be sent
	 * @throws io.nanogame.protocol.ProtocolException if route or payload are too long
	 * @throws io.nanogame.serialize.SerializationException if the payload cannot be
	 * written
	 */
	public void notify(String route, @Nullable Object payload) {
		byte[] body = write(payload);
		this.connector.open().notify(route, body);
	}

	/**
	 * Adds a listener for notifications that the server had not confirmed when their
	 * session ended without {@link #close()}, or that were not sent by then. There are
	 * none in sessions that cannot be resumed.
	 * @param listener called for one notification after the other, on an event loop or by
	 * {@link #close()}: must not block
	 * @return removes the listener
	 */
	public Disposable onUndelivered(Consumer<UndeliveredNotification> listener) {
		return this.listeners.addForUndelivered(listener);
	}

	byte[] write(@Nullable Object payload) {
		return (payload != null) ? this.settings.payloads().write(payload) : this.settings.payloads().empty();
	}

	/** In some protocols a result that is null is an empty body, which is not JSON. */
	PayloadReader responseReader(Class<?> type) {
		PayloadReader reader = reader(type);
		boolean json = this.settings.payloads().empty().length > 0;
		return (json && type != byte[].class) ? (body) -> (body.length > 0) ? reader.read(body) : null : reader;
	}

	PayloadReader reader(Class<?> type) {
		return this.readers.computeIfAbsent(type, this.settings.payloads()::reader);
	}

	// Pushes

	/**
	 * Adds a listener for pushes, which stays over reconnects.
	 * @param <T> the type of the pushes
	 * @param route such as {@code onMessage}
	 * @param type the type of the pushes
	 * @param listener called for one push after the other, on an event loop: must not
	 * block
	 * @return removes the listener
	 * @throws IllegalArgumentException if the route needs an id and has none, see
	 * {@link NanoClientBuilder#lengthId}
	 */
	public <T> Disposable on(String route, Class<T> type, Consumer<? super T> listener) {
		this.settings.checkPush(route);
		return this.listeners.add(route, reader(type), (value) -> listener.accept(type.cast(value)));
	}

	/**
	 * Adds a listener for the pushes of all routes, which stays over reconnects.
	 * @param listener receives the route and the body, which it must not modify; called
	 * for one push after the other, on an event loop: must not block
	 * @return removes the listener
	 */
	public Disposable onAny(BiConsumer<String, byte[]> listener) {
		return this.listeners.add(listener);
	}

	/**
	 * Returns the pushes of a route, over all reconnects.
	 * @param <T> the type of the pushes
	 * @param route such as {@code onMessage}
	 * @param type the type of the pushes
	 * @return the pushes from the subscription until the client is closed. A buffer holds
	 * those that a slow subscriber has not requested; when it is full, the Flux fails
	 * after its content.
	 */
	public <T> Flux<T> pushes(String route, Class<T> type) {
		return Flux.<T>create((sink) -> sink.onDispose(on(route, type, sink::next)), FluxSink.OverflowStrategy.IGNORE)
			.onBackpressureBuffer(this.settings.maxBufferedPushes(), BufferOverflowStrategy.ERROR)
			.onErrorMap(Exceptions::isOverflow, (overflow) -> tooManyPushes(route))
			.takeUntilOther(this.connector.closed());
	}

	private Throwable tooManyPushes(String route) {
		return Exceptions.failWithOverflow(
				"More than %d pushes to %s are buffered, which is the limit set by NanoClientBuilder.maxBufferedPushes"
					.formatted(this.settings.maxBufferedPushes(), route));
	}

	// Rooms

	/**
	 * Returns the rooms of the game: how to get a seat in one, and a copy of its state.
	 * @return always the same object
	 */
	public ClientRooms rooms() {
		return this.rooms;
	}

}
