package io.nanogame.spring.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.nanogame.route.RequestException;
import io.nanogame.service.ServiceException;
import io.nanogame.session.Session;
import io.nanogame.spring.room.RoomTransfer.Header;
import org.jspecify.annotations.Nullable;

/**
 * A room that is moving to this node. The messages of its sessions wait until it is open
 * here. Thread-safe.
 */
final class Arrival {

	/** How long the former node waits for sessions in one call. */
	private static final Duration WAIT = Duration.ofMillis(250);

	private final Header header;

	private final RoomHost host;

	private final CompletableFuture<HostedRoom<?>> opened = new CompletableFuture<>();

	// Guarded by this

	private final Map<Long, Session> sessions = new HashMap<>();

	private final List<Waiting> waiting = new ArrayList<>();

	private long calledNanos;

	/** The end of opening the room; null before that has begun. */
	private @Nullable CompletableFuture<Boolean> end;

	private boolean dropped;

	Arrival(Header header, RoomHost host) {
		this.header = header;
		this.host = host;
		this.calledNanos = host.timers().nanoTime();
	}

	Header header() {
		return this.header;
	}

	/** Returns the room when it is open here; fails if it does not move to this node. */
	CompletionStage<HostedRoom<?>> opened() {
		return this.opened;
	}

	/** The same, for a message of a session, which has arrived with it. */
	CompletionStage<HostedRoom<?>> opened(Session session) {
		arrived(session);
		return this.opened;
	}

	/** The first message of a session is here. */
	void arrived(Session session) {
		List<Waiting> complete;
		synchronized (this) {
			this.sessions.put(session.id(), session);
			complete = this.waiting.stream()
				.filter((one) -> this.sessions.keySet().containsAll(one.expected()))
				.toList();
			this.waiting.removeAll(complete);
		}
		complete.forEach((one) -> one.result().complete(one.expected()));
	}

	/** Waits for sessions. Returns those that have arrived after a moment. */
	CompletionStage<List<Long>> await(List<Long> expected) {
		Waiting next = new Waiting(expected, new CompletableFuture<>());
		synchronized (this) {
			this.calledNanos = this.host.timers().nanoTime();
			if (this.sessions.keySet().containsAll(expected)) {
				return CompletableFuture.completedFuture(expected);
			}
			this.waiting.add(next);
		}
		this.host.timers().after(WAIT, this.host.lanes().workers(), () -> next.result().complete(end(next)));
		return next.result();
	}

	private synchronized List<Long> end(Waiting next) {
		this.waiting.remove(next);
		return next.expected().stream().filter(this.sessions::containsKey).toList();
	}

	/** Returns whether the former node has not called for a time. */
	synchronized boolean isSilent(Duration time) {
		return !isOpening() && this.host.timers().nanoTime() - this.calledNanos > time.toNanos();
	}

	/**
	 * Opens the room, if that has not begun. The result of the first call is that of all.
	 * A caller that waits no longer cancels its own stage only.
	 * @param opening opens it; its failure means that the room is not open
	 */
	CompletableFuture<Boolean> open(Supplier<CompletableFuture<Boolean>> opening) {
		CompletableFuture<Boolean> result = new CompletableFuture<>();
		synchronized (this) {
			this.calledNanos = this.host.timers().nanoTime();
			if (this.dropped) {
				return CompletableFuture
					.failedFuture(new ServiceException(Arrivals.REFUSED, "the room is not expected any more"));
			}
			if (this.end != null) {
				return this.end.copy();
			}
			this.end = result;
		}
		opening.get().whenComplete((done, failure) -> {
			if (failure != null) {
				result.completeExceptionally(failure);
			}
			else {
				result.complete(done);
			}
		});
		return result.copy();
	}

	/** Returns the sessions that have arrived. */
	synchronized Map<Long, Session> sessions() {
		return new HashMap<>(this.sessions);
	}

	/** The room is open: the messages of its sessions continue. */
	void complete(HostedRoom<?> room) {
		this.opened.complete(room);
	}

	/** Returns whether the room is open, or is being opened. Under the lock. */
	private boolean isOpening() {
		return this.end != null && !this.end.isCompletedExceptionally();
	}

	/**
	 * The room does not move to this node, unless it is open or being opened.
	 * @return whether this call has ended the arrival
	 */
	boolean drop() {
		synchronized (this) {
			if (this.dropped || isOpening()) {
				return false;
			}
			this.dropped = true;
		}
		fail();
		return true;
	}

	/** Fails the messages that have waited. */
	void fail() {
		this.opened.completeExceptionally(notMoved());
	}

	/** Returns whether the room has not moved to this node, and will not. */
	boolean hasFailed() {
		return this.opened.isCompletedExceptionally();
	}

	static RequestException notMoved() {
		return new RequestException(503, "the room has not moved to this server");
	}

	/**
	 * A call that waits for sessions.
	 *
	 * @param expected their ids
	 * @param result completed with those that have arrived
	 */
	private record Waiting(List<Long> expected, CompletableFuture<List<Long>> result) {
	}

}
