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
 * One of many. Connects and plays its script; a lost connection is made again, and the
 * script begins anew.
 */
final class Player {

	private final Script script;

	private final Measurements measurements;

	private final Function<@Nullable JsonNode, NanoClient> clients;

	// The state of the present connection, told one at a time

	private Phase phase = Phase.NEW;

	/** When the present attempt to connect began. */
	private long attemptNanos;

	private boolean wasConnected;

	private boolean isWithout;

	private long lostNanos;

	Player(Script script, Measurements measurements, Function<@Nullable JsonNode, NanoClient> clients) {
		this.script = script;
		this.measurements = measurements;
		this.clients = clients;
	}

	/** Plays until it leaves for good, is told never to come back, or is cancelled. */
	Mono<Void> play() {
		return comeAndLeave().expand((back) -> comeAndLeave()).then();
	}

	/** Emits when it is back; ends without, when it is not to come back. */
	private Mono<Long> comeAndLeave() {
		return Mono.defer(this::visit).filter((away) -> !away.equals(Script.FOREVER)).flatMap(Mono::delay);
	}

	/** Emits how long it stays away; ends without, when the server does not want it. */
	private Mono<Duration> visit() {
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
			case NEW -> {
				// Nothing has happened yet.
			}
		}
	}

	private void opened() {
		long now = System.nanoTime();
		this.measurements.connect().succeeded(now - this.attemptNanos, 0);
		if (this.isWithout) {
			this.measurements.connections().madeAgain(now - this.lostNanos);
		}
		else {
			this.measurements.connections().made();
		}
		this.isWithout = false;
		this.wasConnected = true;
	}

	private void lost(Phase before, ClientState state) {
		if (this.measurements.isOver() || state.reason() instanceof ClientClosedException) {
			return;
		}
		if (before == Phase.OPEN) {
			this.lostNanos = System.nanoTime();
			this.isWithout = true;
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

	/** Tells how it stands at the end. */
	void sumUp() {
		if (this.isWithout) {
			this.measurements.connections().isWithout(System.nanoTime() - this.lostNanos);
			this.script.skipMissedRounds();
		}
		else if (!this.wasConnected) {
			this.measurements.connections().neverConnected();
		}
	}

}
