package io.nanogame.client;

import java.time.Duration;

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

	private volatile @Nullable Link open;

	private volatile ClientState state = ClientState.of(Phase.NEW);

	// Guarded by this

	/** Failed attempts to connect in a row. */
	private int failures;

	/** The current attempt to connect, connection or wait. */
	private Disposable current = Disposables.disposed();

	Connector(ClientSettings settings, Listeners listeners) {
		this.settings = settings;
		this.listeners = listeners;
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
	 * Returns the open connection.
	 * @throws NotConnectedException if there is none
	 */
	Link open() {
		Link link = this.open;
		if (link == null) {
			throw new NotConnectedException(this.state);
		}
		return link;
	}

	synchronized void close() {
		if (!this.state.is(Phase.CLOSED)) {
			end(new ClientClosedException());
		}
	}

	/** Guarded by this. */
	private void attempt() {
		transitionTo(ClientState.of(Phase.CONNECTING));
		this.current = Transport.connect(this.settings)
			.timeout(this.settings.connectTimeout())
			.subscribe(this::connected, (failure) -> lost(
					new ConnectionLostException("No connection could be made: " + failure.getMessage(), failure)));
	}

	private synchronized void connected(Connection connection) {
		if (this.state.is(Phase.CLOSED)) {
			connection.dispose();
			return;
		}
		Link link = new Link(this.settings, connection, this, this.listeners);
		this.current = link::close;
		link.start();
	}

	/** Called by the link when messages may be sent. */
	synchronized void opened(Link link, HandshakeResponse handshake) {
		if (this.state.is(Phase.CLOSED)) {
			return;
		}
		this.open = link;
		transitionTo(ClientState.of(Phase.OPEN));
		this.firstHandshake.tryEmitValue(handshake);
	}

	/** Called by the link when the server has accepted the client. */
	synchronized void accepted() {
		this.failures = 0;
	}

	/** Called when a connection has ended or could not be established. */
	synchronized void lost(NanoClientException reason) {
		this.open = null;
		if (this.state.is(Phase.CLOSED)) {
			return;
		}
		Backoff backoff = this.settings.backoff();
		if (backoff == null || !mayReconnect(reason)) {
			end(reason);
			return;
		}
		Duration delay = backoff.delay(this.failures++);
		log.debug("Connection lost, next attempt in {}", delay, reason);
		transitionTo(new ClientState(Phase.WAITING, delay, reason));
		this.current = Mono.delay(delay, Schedulers.parallel()).subscribe((done) -> reconnect());
	}

	private static boolean mayReconnect(NanoClientException reason) {
		return (reason instanceof KickedException kick) ? kick.reconnect()
				: !(reason instanceof HandshakeRefusedException);
	}

	private synchronized void reconnect() {
		if (this.state.is(Phase.WAITING)) {
			attempt();
		}
	}

	/** Guarded by this. */
	private void end(NanoClientException reason) {
		this.open = null;
		transitionTo(ClientState.closed(reason));
		this.current.dispose();
		this.firstHandshake.tryEmitError(reason);
		this.states.tryEmitComplete();
		this.closed.tryEmitEmpty();
	}

	/** Guarded by this. */
	private void transitionTo(ClientState next) {
		this.state = next;
		this.states.tryEmitNext(next);
	}

}
