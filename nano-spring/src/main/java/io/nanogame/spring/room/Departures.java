package io.nanogame.spring.room;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import io.nanogame.lane.Timer;
import io.nanogame.node.DrainTask;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.core.NestedExceptionUtils;

/**
 * Moves the rooms of this node to other nodes while it is drained, a few at a time.
 * Thread-safe.
 */
final class Departures implements DrainTask {

	private static final Logger log = LoggerFactory.getLogger(Departures.class);

	/** The number of rooms that move at the same time. */
	private static final int PARALLEL = 8;

	private static final Duration RETRY = Duration.ofSeconds(1);

	/** A room whose state cannot be moved is not tried for ever. */
	private static final int MAX_ATTEMPTS = 20;

	private final RoomHost host;

	private final RoomNodes nodes;

	private final RoomParts parts;

	private final Arrivals arrivals;

	private final Predicate<Session> isLocal;

	/** The number of attempts of rooms that have not moved, by their ids. */
	private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

	private final AtomicLong epochs = new AtomicLong();

	// Guarded by this

	private final Set<String> moving = new HashSet<>();

	/** The rooms that wait for their next attempt. */
	private final Set<String> waiting = new HashSet<>();

	/** Begins the next attempts; null unless this node is drained. */
	private @Nullable Timer retries;

	Departures(RoomHost host, RoomNodes nodes, RoomParts parts, Arrivals arrivals, Predicate<Session> isLocal) {
		this.host = host;
		this.nodes = nodes;
		this.parts = parts;
		this.arrivals = arrivals;
		this.isLocal = isLocal;
	}

	@Override
	public boolean isReceiving() {
		return this.arrivals.isReceiving();
	}

	@Override
	public void begin() {
		this.arrivals.dropAll();
		this.attempts.clear();
		synchronized (this) {
			if (this.retries == null) {
				this.retries = this.parts.timers().every(RETRY, this.parts.lanes().workers(), this::retry);
			}
		}
		retry();
	}

	@Override
	public synchronized void undo() {
		Timer present = this.retries;
		if (present != null) {
			present.cancel();
			this.retries = null;
		}
	}

	@Override
	public synchronized boolean isDone() {
		return this.retries == null || this.moving.isEmpty() && this.host.rooms().stream().noneMatch(this::mayMove);
	}

	/** Also for rooms that were created when the drain began. */
	private void retry() {
		synchronized (this) {
			this.waiting.clear();
		}
		next();
	}

	/** Starts further moves. */
	private void next() {
		HostedRoom<?> room = take();
		while (room != null) {
			move(room);
			room = take();
		}
	}

	private synchronized @Nullable HostedRoom<?> take() {
		if (this.retries == null || this.moving.size() >= PARALLEL) {
			return null;
		}
		for (HostedRoom<?> room : this.host.rooms()) {
			if (!this.waiting.contains(room.id()) && !this.moving.contains(room.id()) && mayMove(room)) {
				this.moving.add(room.id());
				return room;
			}
		}
		return null;
	}

	private boolean mayMove(HostedRoom<?> room) {
		return room.type().saved() != null && this.attempts.getOrDefault(room.id(), 0) < MAX_ATTEMPTS
				&& this.nodes.isElsewhere(room.kind());
	}

	private void move(HostedRoom<?> room) {
		String target = this.nodes.placeElsewhere(room.kind(), room.origin().options());
		if (target == null) {
			ended(room, false);
			return;
		}
		int attempt = this.attempts.merge(room.id(), 1, Integer::sum);
		// An attempt that fails uses two numbers.
		long epoch = room.origin().epoch() + this.epochs.addAndGet(2);
		Departure departure = new Departure(room, this.nodes, this.parts, target, epoch, this.isLocal);
		departure.move().whenComplete((moved, failure) -> {
			if (failure != null && !room.isClosed()) {
				Level level = (attempt == 1 || attempt == MAX_ATTEMPTS) ? Level.WARN : Level.DEBUG;
				log.atLevel(level)
					.log("{} stays after attempt {} of {} to move it to node {}: {}", room, attempt, MAX_ATTEMPTS,
							target, NestedExceptionUtils.getMostSpecificCause(failure).toString());
			}
			ended(room, failure == null);
		});
	}

	private void ended(HostedRoom<?> room, boolean isGone) {
		synchronized (this) {
			this.moving.remove(room.id());
			if (isGone) {
				this.attempts.remove(room.id());
			}
			else {
				this.waiting.add(room.id());
			}
		}
		next();
	}

}
