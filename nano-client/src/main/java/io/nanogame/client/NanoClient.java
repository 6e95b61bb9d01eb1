package io.nanogame.client;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.Message;
import io.nanogame.serialize.PayloadReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;

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

	private static final Logger log = LoggerFactory.getLogger(NanoClient.class);

	private final ClientSettings settings;

	private final Listeners listeners = new Listeners();

	private final Map<Class<?>, PayloadReader> readers = new ConcurrentHashMap<>();

	private final Sinks.Many<ClientState> states = Sinks.many().replay().latest();

	private final Sinks.One<HandshakeResponse> firstHandshake = Sinks.one();

	private final Sinks.Empty<Void> closed = Sinks.empty();

	private final Link.Owner owner = new Owner();

	/** Null while there is no connection to send on. */
	private volatile @Nullable Link link;

	private volatile ClientState state = ClientState.of(Phase.NEW);

	// Guarded by this

	/** How many attempts to connect have failed in a row. */
	private int failures;

	/** The attempt to connect, or the wait for the next one. */
	private @Nullable Disposable attempt;

	NanoClient(ClientSettings settings) {
		this.settings = settings;
		this.states.tryEmitNext(this.state);
	}

	/**
	 * A builder for a client of one server.
	 * @param server {@code tcp://host:port}, {@code tls://host:port},
	 * {@code ws://host:port/path} or {@code wss://host:port/path}; the port may be left
	 * out, and is 3250 then for the former two
	 * @return the builder
	 */
	public static NanoClientBuilder builder(String server) {
		return new NanoClientBuilder(URI.create(server));
	}

	// Connecting

	/**
	 * Connects, once however often it is subscribed to. While the server cannot be
	 * reached, the client tries again, unless it was built without.
	 * @return the server's answer to the first handshake that succeeded; fails with a
	 * {@link HandshakeRefusedException}, or with whatever else closed the client
	 */
	public Mono<HandshakeResponse> connect() {
		return Mono.defer(() -> {
			synchronized (this) {
				if (this.state.is(Phase.NEW)) {
					tryToConnect();
				}
			}
			return this.firstHandshake.asMono();
		});
	}

	/** Guarded by this. */
	private void tryToConnect() {
		become(ClientState.of(Phase.CONNECTING));
		this.attempt = Transport.connect(this.settings)
			.timeout(this.settings.connectTimeout())
			.subscribe(this::connected,
					(failure) -> lost(new ConnectionLostException("No connection could be made", failure)));
	}

	private void connected(Connection connection) {
		if (this.state.is(Phase.CLOSED)) {
			connection.dispose();
			return;
		}
		new Link(this.settings, connection, this.owner).start();
	}

	private synchronized void opened(Link opened, HandshakeResponse handshake) {
		if (this.state.is(Phase.CLOSED)) {
			opened.close(new ClientClosedException());
			return;
		}
		this.failures = 0;
		this.link = opened;
		become(ClientState.of(Phase.OPEN));
		this.firstHandshake.tryEmitValue(handshake);
	}

	private synchronized void lost(NanoClientException reason) {
		this.link = null;
		if (this.state.is(Phase.CLOSED)) {
			return;
		}
		Backoff backoff = this.settings.backoff();
		if (backoff == null || !mayComeBack(reason)) {
			end(reason);
			return;
		}
		Duration delay = backoff.delay(this.failures++);
		log.debug("A connection was lost, the next attempt is in {}", delay, reason);
		become(new ClientState(Phase.WAITING, delay, reason));
		this.attempt = Mono.delay(delay, Schedulers.parallel()).subscribe((done) -> comeBack());
	}

	private static boolean mayComeBack(NanoClientException reason) {
		return (reason instanceof KickedException kick) ? kick.reconnect()
				: !(reason instanceof HandshakeRefusedException);
	}

	private synchronized void comeBack() {
		if (this.state.is(Phase.WAITING)) {
			tryToConnect();
		}
	}

	/**
	 * Closes for good, behind what was sent. Requests that wait fail with a
	 * {@link ClientClosedException}.
	 */
	@Override
	public synchronized void close() {
		if (!this.state.is(Phase.CLOSED)) {
			Link open = this.link;
			end(new ClientClosedException());
			if (open != null) {
				open.close(new ClientClosedException());
			}
		}
	}

	/** Guarded by this. */
	private void end(NanoClientException reason) {
		if (this.attempt != null) {
			this.attempt.dispose();
		}
		this.link = null;
		become(ClientState.closed(reason));
		this.firstHandshake.tryEmitError(reason);
		this.states.tryEmitComplete();
		this.closed.tryEmitEmpty();
	}

	/** Guarded by this. */
	private void become(ClientState next) {
		this.state = next;
		this.states.tryEmitNext(next);
	}

	/**
	 * How this client is connected.
	 * @return as of now
	 */
	public ClientState state() {
		return this.state;
	}

	/**
	 * How this client is connected, and each change of it.
	 * @return begins with the present state, ends behind {@link Phase#CLOSED}
	 */
	public Flux<ClientState> states() {
		return this.states.asFlux();
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
	 * what they should be.
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
			Link open = this.link;
			if (open == null) {
				sink.error(new NotConnectedException(this.state));
			}
			else {
				open.request(route, body, reader, timeout, sink);
			}
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
	 * @throws io.nanogame.serialize.SerializationException if the payload cannot be
	 * written
	 */
	public void notify(String route, @Nullable Object payload) {
		byte[] body = write(payload);
		Link open = this.link;
		if (open == null) {
			throw new NotConnectedException(this.state);
		}
		open.tell(route, body);
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
	 * Listens to pushes, over all reconnects.
	 * @param <T> their type
	 * @param route such as {@code onMessage}
	 * @param type their type
	 * @return pushes from when it is subscribed to until the client is closed. Those that
	 * a slow subscriber did not take wait in a buffer; when it is full, the Flux fails.
	 */
	public <T> Flux<T> pushes(String route, Class<T> type) {
		return Flux.<T>create((sink) -> sink.onDispose(on(route, type, sink::next)), FluxSink.OverflowStrategy.IGNORE)
			.onBackpressureBuffer(this.settings.maxBufferedPushes(), BufferOverflowStrategy.ERROR)
			.takeUntilOther(this.closed.asMono());
	}

	/** Hears from the connections. */
	private final class Owner implements Link.Owner {

		@Override
		public void opened(Link opened, HandshakeResponse handshake) {
			NanoClient.this.opened(opened, handshake);
		}

		@Override
		public void pushed(Message push) {
			NanoClient.this.listeners.deliver(push);
		}

		@Override
		public void ended(Link ended, NanoClientException reason) {
			NanoClient.this.lost(reason);
		}

	}

}
