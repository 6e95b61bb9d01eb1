package io.nanogame.cluster.handover;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

import io.nanogame.connection.LeavingClient;
import io.nanogame.connection.LeavingClients;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients and sessions of a gateway that stops leave it for the other gateways.
 * Clients that can resume are asked to, in waves. In further rounds those that are still
 * here are asked again, then cut, and the connections of all others are closed. Sessions
 * without a connection are parked. Without another gateway nothing happens. Thread-safe.
 */
public final class ClientDrain {

	private static final Logger log = LoggerFactory.getLogger(ClientDrain.class);

	/** The share of the time for the waves of the first round. */
	private static final double FIRST = 0.4;

	/** The same for those of a later round. */
	private static final double LATER = 0.3;

	/** For the clients of a wave to leave. */
	private static final Duration LEAVE = Duration.ofSeconds(1);

	private final Gateways gateways;

	private final IntSupplier sessions;

	private final IntSupplier moves;

	private final LeavingClients clients;

	private final Parking parking;

	private final AtomicInteger asked = new AtomicInteger();

	private final AtomicInteger closed = new AtomicInteger();

	private final AtomicInteger moved = new AtomicInteger();

	private final AtomicInteger parked = new AtomicInteger();

	private volatile boolean refuses;

	// Guarded by this

	private boolean active;

	private boolean reported;

	private Duration period = Duration.ZERO;

	private long beganNanos;

	private int round;

	private Waves waves = new Waves(0, Duration.ZERO);

	private int total;

	private final Queue<LeavingClient> waiting = new ArrayDeque<>();

	private long lastWaveNanos;

	ClientDrain(Gateways gateways, IntSupplier sessions, IntSupplier moves, LeavingClients clients) {
		this.gateways = gateways;
		this.sessions = sessions;
		this.moves = moves;
		this.clients = clients;
		this.parking = new Parking(gateways);
		clients.refuseWhile(() -> this.refuses);
	}

	/**
	 * Begins. Has no effect if it has begun.
	 * @param over the time over which the clients leave; zero if they stay
	 */
	public synchronized void begin(Duration over) {
		if (this.active || over.isZero()) {
			return;
		}
		this.active = true;
		this.reported = false;
		this.period = over;
		this.beganNanos = this.gateways.nanoTime();
		this.round = 0;
		List.of(this.asked, this.closed, this.moved, this.parked).forEach((count) -> count.set(0));
		List<String> targets = this.gateways.targets();
		log.info("The clients of this gateway leave for {} other gateways within {} s: sessions={}", targets.size(),
				over.toSeconds(), this.sessions.getAsInt());
		step();
	}

	/** Undoes it: clients that have not left stay. */
	public synchronized void undo() {
		if (this.active) {
			this.active = false;
			this.refuses = false;
			this.waiting.clear();
			this.parking.clear();
			report("The clients of this gateway leave no more");
		}
	}

	private void report(String message) {
		if (!this.reported) {
			this.reported = true;
			Progress now = progress();
			log.info("{}, after {} ms: asked={} moved={} parked={} closed={} left={}", message,
					Duration.ofNanos(this.gateways.nanoTime() - this.beganNanos).toMillis(), now.asked(), now.moved(),
					now.parked(), now.closed(), now.sessions());
		}
	}

	/** Asks, closes and parks those that are due. Several times every heartbeat. */
	synchronized void step() {
		if (!this.active) {
			return;
		}
		List<String> targets = this.gateways.targets();
		this.refuses = !targets.isEmpty();
		if (!this.refuses) {
			return;
		}
		long now = this.gateways.nanoTime();
		if (this.waiting.isEmpty() && isRoundDue(now)) {
			beginRound(now);
		}
		wave(now);
		this.parking.step(this.clients, targets);
		if (isEmpty()) {
			report("All clients have left this gateway");
		}
		else if (isOver()) {
			report("The time for clients to leave this gateway is over");
		}
	}

	private boolean isRoundDue(long now) {
		return switch (this.round) {
			case 0 -> true;
			case 1 -> this.asked.get() == 0 || now - this.lastWaveNanos >= LEAVE.toNanos();
			default -> now - this.lastWaveNanos >= LEAVE.toNanos();
		};
	}

	private void beginRound(long now) {
		this.round++;
		this.lastWaveNanos = now;
		this.waiting.addAll(this.clients.all());
		this.total = this.waiting.size();
		this.waves = new Waves(now,
				Duration.ofNanos((long) (this.period.toNanos() * ((this.round == 1) ? FIRST : LATER))));
	}

	private void wave(long now) {
		int due = this.waves.due(this.total, now) - (this.total - this.waiting.size());
		if (due <= 0) {
			return;
		}
		this.lastWaveNanos = now;
		for (int i = 0; i < due; i++) {
			LeavingClient client = this.waiting.remove();
			if (this.round == 1) {
				client.ask(Waves.INTERVAL.multipliedBy(i).dividedBy(due), this.asked::incrementAndGet);
			}
			else {
				askAgain(client);
			}
		}
		log.debug("Clients leave this gateway: round={} wave={} waiting={} asked={} moved={} parked={} closed={}",
				this.round, due, this.waiting.size(), this.asked, this.moved, this.parked, this.closed);
	}

	private void askAgain(LeavingClient client) {
		client.askAgain(LEAVE);
		client.close(this.closed::incrementAndGet);
	}

	/** A session has left for another gateway. */
	void left(long session, boolean isParked) {
		this.parking.left(session);
		(isParked ? this.parked : this.moved).incrementAndGet();
	}

	private boolean isEmpty() {
		return this.sessions.getAsInt() == 0 && this.moves.getAsInt() == 0;
	}

	private boolean isOver() {
		return this.gateways.nanoTime() - this.beganNanos >= this.period.toNanos();
	}

	/**
	 * Returns whether nothing is to be waited for.
	 * @return true if no session is left, the time is over, or there is no other gateway
	 */
	public synchronized boolean isDone() {
		return !this.active || !this.refuses || isOver() || isEmpty();
	}

	/**
	 * Returns what has become of the clients since the last begin.
	 * @return a snapshot
	 */
	public Progress progress() {
		return new Progress(this.sessions.getAsInt(), this.asked.get(), this.moved.get(), this.parked.get(),
				this.closed.get());
	}

	/**
	 * What has become of the clients of a gateway.
	 *
	 * @param sessions the sessions that are left
	 * @param asked the clients that were asked to resume elsewhere
	 * @param moved the sessions that have left with their clients
	 * @param parked the sessions that have left without
	 * @param closed the connections of clients that cannot resume
	 */
	public record Progress(int sessions, int asked, int moved, int parked, int closed) {
	}

}
