package io.nanogame.client;

import java.time.Duration;
import java.util.Objects;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.protocol.HandshakeResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;

/**
 * Keeps a client connected: owns one {@link Link} at a time, and waits before it opens
 * the next one. Thread-safe.
 */
final class Connector {

	private static final Logger log = LoggerFactory.getLogger(Connector.class);

	private final ClientSettings settings;

	private final Listeners listeners;

	private final Sinks.Many<ClientState> states = Sinks.many().replay().latest();

	private final Sinks.One<HandshakeResponse> firstHandshake = Sinks.one();

	private final Sinks.Empty<Void> closed = Sinks.empty();

	/** The session to send in: there is a connection, or it is being resumed. */
	private volatile @Nullable ClientSession open;

	private volatile ClientState state = ClientState.of(Phase.NEW);

	// Guarded by this

	/**
	 * Attempts in a row that have failed, or led to a connection that the server has not
	 * confirmed.
	 */
	private int failures;

	/** When a cut was followed by an attempt without delay. */
	private long immediateAttemptNanos;

	/**
	 * The current connection, also before its handshake, and until it has released its
	 * session: the connection ends the session, or {@link #close()} if there is none.
	 */
	private @Nullable Link link;

	/**
	 * The session that the next connection is to continue, or at least to send the
	 * messages of that wait.
	 */
	private @Nullable ClientSession session;

	/** The current attempt to connect, connection or wait. */
	private Disposable current = Disposables.disposed();

	Connector(ClientSettings settings, Listeners listeners) {
		this.settings = settings;
		this.listeners = listeners;
		this.immediateAttemptNanos = System.nanoTime() - Duration.ofHours(1).toNanos();
		this.states.tryEmitNext(this.state);
	}

	/**
	 * Connects when called for the first time. Returns the reply to the first handshake;
	 * fails when the client is closed.
	 */
	Mono<HandshakeResponse> connect() {
		synchronized (this) {
			if (this.state.is(Phase.NEW)) {
				attempt();
			}
		}
		ClientState now = this.state;
		return (now.is(Phase.CLOSED) && now.reason() != null) ? Mono.error(now.reason()) : this.firstHandshake.asMono();
	}

	ClientState state() {
		return this.state;
	}

	Flux<ClientState> states() {
		return this.states.asFlux();
	}

	Mono<Void> closed() {
		return this.closed.asMono();
	}

	/**
	 * Returns the session to send in.
	 * @throws NotConnectedException if there is none
	 */
	ClientSession open() {
		ClientSession current = this.open;
		if (current == null) {
			throw new NotConnectedException(this.state);
		}
		return current;
	}

	void close() {
		ClientClosedException reason = new ClientClosedException();
		ClientSession waiting;
		synchronized (this) {
			if (this.state.is(Phase.CLOSED)) {
				return;
			}
			waiting = (this.link == null) ? this.session : null;
			end(reason);
		}
		if (waiting != null) {
			waiting.connectionEnded(reason, false, true);
		}
	}

	/** Guarded by this. */
	private void attempt() {
		if (!this.state.is(Phase.RESUMING)) {
			transitionTo(ClientState.of(Phase.CONNECTING));
		}
		this.current = Transport.connect(this.settings)
			.timeout(this.settings.connectTimeout())
			.subscribe(this::connected, this::notConnected);
	}

	private synchronized void notConnected(Throwable failure) {
		lost(new ConnectionLostException("No connection could be made: " + failure.getMessage(), failure), null, false);
		released();
	}

	private synchronized void connected(Connection connection) {
		if (this.state.is(Phase.CLOSED)) {
			connection.dispose();
			return;
		}
		Link next = new Link(this.settings, connection, this, this.listeners, this.session);
		this.link = next;
		this.current = next::close;
		next.start();
	}

	/**
	 * Called by the link when messages may be sent.
	 * @param handshake the server's reply; {@code null} if the former session is resumed
	 */
	synchronized void opened(ClientSession opened, @Nullable HandshakeResponse handshake) {
		if (this.state.is(Phase.CLOSED)) {
			return;
		}
		this.session = opened;
		this.open = opened;
		transitionTo(ClientState.of((handshake != null) ? Phase.OPEN : Phase.RESUMED));
		if (handshake != null) {
			this.firstHandshake.tryEmitValue(handshake);
		}
	}

	/** Called by the link when the server does not have the former session any more. */
	synchronized void sessionLost(NanoClientException reason) {
		if (!this.state.is(Phase.CLOSED)) {
			this.open = null;
			transitionTo(ClientState.lost(reason));
		}
	}

	/** Called by the link when the server has accepted the client, or confirms that. */
	synchronized void accepted() {
		this.failures = 0;
	}

	/**
	 * Called when a connection has ended or could not be established. The next attempt is
	 * made after {@link #released()}.
	 * @param reason why
	 * @param wait the time until the next attempt; null for the client's own
	 * @param opened whether the connection was open
	 * @return the next state: the client resumes the session, waits, or is closed
	 */
	synchronized ClientState lost(NanoClientException reason, @Nullable Duration wait, boolean opened) {
		if (this.state.is(Phase.CLOSED)) {
			return this.state;
		}
		ClientSession current = this.session;
		boolean resumable = current != null && current.isResumable();
		if (resumable && current.hasToken()) {
			return tryAgain(Phase.RESUMING, delayOfResume(wait), reason);
		}
		this.open = null;
		if (opened && !resumable) {
			this.session = null;
		}
		if (resumable && !(reason instanceof KickedException)) {
			transitionTo(ClientState.lost(reason));
			if (this.state.is(Phase.CLOSED)) {
				// By a subscriber.
				return this.state;
			}
		}
		Backoff backoff = this.settings.backoff();
		if (backoff == null || !mayReconnect(reason)) {
			return end(reason);
		}
		Duration delay = (wait != null) ? atLeastFirst(wait) : backoff.delay(this.failures++);
		return tryAgain(Phase.WAITING, delay, reason);
	}

	/**
	 * The first attempt after a cut is made at once, unless the one after the previous
	 * cut was made a moment ago, or the server has confirmed nothing since. A time of the
	 * server is not shorter than the first delay. Guarded by this.
	 */
	private Duration delayOfResume(@Nullable Duration wait) {
		Backoff backoff = Objects.requireNonNull(this.settings.backoff());
		if (wait != null) {
			return atLeastFirst(wait);
		}
		int failed = this.failures++;
		long now = System.nanoTime();
		if (failed == 0 && now - this.immediateAttemptNanos > backoff.first().toNanos()) {
			this.immediateAttemptNanos = now;
			return Duration.ZERO;
		}
		return backoff.delay(Math.max(0, failed - 1));
	}

	private Duration atLeastFirst(Duration wait) {
		Duration first = Objects.requireNonNull(this.settings.backoff()).first();
		return (wait.compareTo(first) > 0) ? wait : first;
	}

	/** Guarded by this. */
	private ClientState tryAgain(Phase phase, Duration delay, NanoClientException reason) {
		log.debug("Connection lost, next attempt in {}", delay, reason);
		transitionTo(new ClientState(phase, delay, reason));
		return this.state;
	}

	/**
	 * Called after {@link #lost} when the connection does not use the session any more.
	 * Begins the next attempt.
	 * @return the state before it; if the client is closed, the caller ends the session
	 */
	synchronized ClientState released() {
		this.link = null;
		ClientState released = this.state;
		if (released.is(Phase.CLOSED)) {
			return released;
		}
		if (released.delay().isZero()) {
			attempt();
		}
		else {
			this.current = Mono.delay(released.delay(), Schedulers.parallel()).subscribe((done) -> reconnect());
		}
		return released;
	}

	private static boolean mayReconnect(NanoClientException reason) {
		return (reason instanceof KickedException kick) ? kick.reconnect()
				: !(reason instanceof HandshakeRefusedException);
	}

	private synchronized void reconnect() {
		if (this.state.is(Phase.WAITING) || this.state.is(Phase.RESUMING)) {
			attempt();
		}
	}

	/** Guarded by this. */
	private ClientState end(NanoClientException reason) {
		this.open = null;
		ClientState last = ClientState.closed(reason);
		transitionTo(last);
		this.current.dispose();
		this.firstHandshake.tryEmitError(reason);
		this.states.tryEmitComplete();
		this.closed.tryEmitEmpty();
		return last;
	}

	/** Guarded by this. */
	private void transitionTo(ClientState next) {
		this.state = next;
		this.states.tryEmitNext(next);
	}

}
