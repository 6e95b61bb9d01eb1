package io.nanogame.cli.bots;

import java.time.Duration;
import java.util.function.Function;

import io.nanogame.client.ClientClosedException;
import io.nanogame.client.ClientState;
import io.nanogame.client.ClientState.Phase;
import io.nanogame.client.NanoClient;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * A simulated player. It connects and plays its script; after a lost connection it
 * reconnects and starts the script again.
 */
final class Player {

	private final Script script;

	private final Measurements measurements;

	private final Function<@Nullable JsonNode, NanoClient> clients;

	// Confined to the client's state changes, which are emitted serially

	private Phase phase = Phase.NEW;

	/** When the current attempt to connect began. */
	private long attemptNanos;

	private boolean wasConnected;

	private boolean isDisconnected;

	private long lostNanos;

	Player(Script script, Measurements measurements, Function<@Nullable JsonNode, NanoClient> clients) {
		this.script = script;
		this.measurements = measurements;
		this.clients = clients;
	}

	/**
	 * Plays until the script leaves for good, the server does not let the player
	 * reconnect, or the subscriber cancels.
	 */
	Mono<Void> play() {
		return playOnce().expand((ignored) -> playOnce()).then();
	}

	/**
	 * Plays once. Emits when the player is to connect again; completes empty when it is
	 * not.
	 */
	private Mono<Long> playOnce() {
		return Mono.defer(this::connectAndPlay).filter((away) -> !away.equals(Script.FOREVER)).flatMap(Mono::delay);
	}

	/**
	 * Emits how long the player stays away; completes empty when the server does not let
	 * it reconnect.
	 */
	private Mono<Duration> connectAndPlay() {
		return Mono.using(this::client, (client) -> {
			client.connect().onErrorComplete().subscribe();
			return client.states()
				.doOnNext(this::changed)
				.switchMap((state) -> (state.phase() == Phase.OPEN) ? this.script.play(client) : Mono.empty())
				.next();
		}, this::leave);
	}

	private NanoClient client() {
		this.attemptNanos = System.nanoTime();
		return this.clients.apply(this.script.user());
	}

	// Connections

	private void changed(ClientState state) {
		Phase before = this.phase;
		this.phase = state.phase();
		switch (state.phase()) {
			case CONNECTING -> {
				if (before == Phase.WAITING) {
					this.attemptNanos = System.nanoTime();
				}
			}
			case OPEN -> opened();
			case WAITING, CLOSED -> lost(before, state);
			case NEW, RESUMING, RESUMED, LOST -> {
				// The initial state, and those of sessions that are resumed.
			}
		}
	}

	private void opened() {
		long now = System.nanoTime();
		this.measurements.connect().succeeded(now - this.attemptNanos, 0);
		if (this.isDisconnected) {
			this.measurements.connections().reconnected(now - this.lostNanos);
		}
		else {
			this.measurements.connections().made();
		}
		this.isDisconnected = false;
		this.wasConnected = true;
	}

	private void lost(Phase before, ClientState state) {
		if (this.measurements.hasEnded() || state.reason() instanceof ClientClosedException) {
			return;
		}
		if (before == Phase.OPEN) {
			this.lostNanos = System.nanoTime();
			this.isDisconnected = true;
			this.measurements.connections().lost(Failures.kind(state.reason()));
		}
		else {
			this.measurements.connect().failed(Failures.ofConnecting(state.reason()));
		}
	}

	private void leave(NanoClient client) {
		if (this.phase == Phase.OPEN) {
			this.measurements.connections().closed();
		}
		this.phase = Phase.CLOSED;
		client.close();
	}

	/** Records whether the player is connected at the end of the run. */
	void recordFinalState() {
		if (this.isDisconnected) {
			this.measurements.connections().disconnectedAtEnd(System.nanoTime() - this.lostNanos);
			this.script.skipMissedRounds();
		}
		else if (!this.wasConnected) {
			this.measurements.connections().neverConnected();
		}
	}

}
