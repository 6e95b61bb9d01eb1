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
 * Keeps a client connected: has one {@link Link} at a time, and waits before it makes the
 * next one. Any thread.
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

	/** How many attempts to connect have failed in a row. */
	private int failures;

	/** What goes on now: an attempt to connect, a connection, or a wait. */
	private Disposable present = Disposables.disposed();

	Connector(ClientSettings settings, Listeners listeners) {
		this.settings = settings;
		this.listeners = listeners;
		this.states.tryEmitNext(this.state);
	}

	/**
	 * The first handshake's answer. Each call after the first one only waits for it, or
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

	/** What to send on. */
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
		become(ClientState.of(Phase.CONNECTING));
		this.present = Transport.connect(this.settings)
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
		this.present = link::close;
		link.start();
	}

	/** A handshake was answered. */
	synchronized void opened(Link link, HandshakeResponse handshake) {
		if (this.state.is(Phase.CLOSED)) {
			return;
		}
		this.failures = 0;
		this.open = link;
		become(ClientState.of(Phase.OPEN));
		this.firstHandshake.tryEmitValue(handshake);
	}

	/** A connection has ended, or none could be made. */
	synchronized void lost(NanoClientException reason) {
		this.open = null;
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
		this.present = Mono.delay(delay, Schedulers.parallel()).subscribe((done) -> comeBack());
	}

	private static boolean mayComeBack(NanoClientException reason) {
		return (reason instanceof KickedException kick) ? kick.reconnect()
				: !(reason instanceof HandshakeRefusedException);
	}

	private synchronized void comeBack() {
		if (this.state.is(Phase.WAITING)) {
			attempt();
		}
	}

	/** Guarded by this. */
	private void end(NanoClientException reason) {
		this.open = null;
		become(ClientState.closed(reason));
		this.present.dispose();
		this.firstHandshake.tryEmitError(reason);
		this.states.tryEmitComplete();
		this.closed.tryEmitEmpty();
	}

	/** Guarded by this. */
	private void become(ClientState next) {
		this.state = next;
		this.states.tryEmitNext(next);
	}

}
