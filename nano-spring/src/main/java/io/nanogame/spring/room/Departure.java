package io.nanogame.spring.room;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

import io.nanogame.lane.Timers;
import io.nanogame.service.ServiceException;
import io.nanogame.session.Session;
import io.nanogame.spring.room.RoomGate.Order;
import io.nanogame.spring.room.RoomTransfer.Contents;
import io.nanogame.spring.room.RoomTransfer.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to move a room to another node. The gateways send the next messages of its
 * sessions to that node, where they wait. When all that this node has to handle is
 * handled, the room is saved, and opened there. Until then it goes on here, and if the
 * attempt fails, it stays.
 */
final class Departure {

	private static final Logger log = LoggerFactory.getLogger(Departure.class);

	/** For the sessions to arrive at the next node. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	/** For the next node to report whether it has opened the room. */
	private static final Duration OUTCOME = Duration.ofSeconds(30);

	private static final Duration RETRY = Duration.ofMillis(200);

	private final HostedRoom<?> room;

	private final RoomNodes nodes;

	private final RoomParts parts;

	private final String target;

	private final RoomDesk desk;

	private final long epoch;

	private final Predicate<Session> isLocal;

	private final long beganNanos;

	private long heldNanos;

	/** Whether sessions were moved. Confined to the lane of the room. */
	private boolean ordered;

	/** Whether the room is on the next node. Confined to the lane of the room. */
	private boolean opened;

	/**
	 * Creates an attempt.
	 * @param room a room of this node
	 * @param nodes the other nodes
	 * @param parts the parts of the engine
	 * @param target the id of another node
	 * @param epoch above those of all former attempts; the next one is used, too
	 * @param isLocal returns whether the client of a session is connected to this node
	 */
	Departure(HostedRoom<?> room, RoomNodes nodes, RoomParts parts, String target, long epoch,
			Predicate<Session> isLocal) {
		this.room = room;
		this.nodes = nodes;
		this.parts = parts;
		this.target = target;
		this.desk = nodes.quick(target);
		this.epoch = epoch;
		this.isLocal = isLocal;
		this.beganNanos = parts.timers().nanoTime();
	}

	/**
	 * Moves the room.
	 * @return completed when the room has moved, or is closed; fails if it stays
	 */
	CompletionStage<Void> move() {
		Header header = new Header(this.room.id(), this.room.kind(), this.epoch, self(),
				this.room.origin().options().toString());
		return this.desk.expect(header)
			.thenCompose((expected) -> gather(Set.of()))
			.thenCompose(this::open)
			.handle((moved, failure) -> (failure == null) ? CompletableFuture.<Void>completedStage(null)
					: stay(failure))
			.thenCompose(Function.identity());
	}

	private String self() {
		return this.parts.network().nodes().get().self().id();
	}

	private Timers timers() {
		return this.parts.timers();
	}

	/**
	 * Waits until all sessions are at the next node.
	 * @param before those that have arrived
	 * @return the contents of the room
	 */
	private CompletionStage<Contents> gather(Set<Long> before) {
		return onLane(() -> {
			checkOpen();
			this.ordered = true;
			this.room.reserving().suspend();
			List<Long> sessions = sessions();
			send(order(this.target, this.epoch, sessions.stream().filter((id) -> !before.contains(id)).toList()));
			return sessions;
		}).thenCompose((sessions) -> this.desk.awaitArrivals(this.room.id(), sessions))
			.thenCompose((arrived) -> holdOrGather(Set.copyOf(arrived)));
	}

	private CompletionStage<Contents> holdOrGather(Set<Long> arrived) {
		return onLane(() -> hold(arrived)).thenCompose((contents) -> {
			if (contents != null) {
				return CompletableFuture.completedStage(contents);
			}
			if (timers().nanoTime() - this.beganNanos > PATIENCE.toNanos()) {
				return CompletableFuture
					.failedStage(new IllegalStateException("its players have messages in progress"));
			}
			return gather(arrived);
		});
	}

	private List<Long> sessions() {
		return this.room.occupants()
			.all()
			.stream()
			.filter((seat) -> seat.session.isOpen())
			.map((seat) -> seat.session.id())
			.toList();
	}

	private Order order(String node, long number, List<Long> sessions) {
		return new Order(this.room.kind(), this.room.id(), node, number, sessions, this.room.occupants().reservedKeys(),
				self());
	}

	private void checkOpen() {
		if (this.room.isClosed()) {
			throw new IllegalStateException("it is closed");
		}
	}

	/** Saves the room if all its sessions have arrived at the next node. On the lane. */
	private @Nullable Contents hold(Set<Long> arrived) {
		checkOpen();
		List<Seat> seats = this.room.occupants().all();
		if (seats.stream()
			.filter((seat) -> seat.session.isOpen())
			.anyMatch((seat) -> !seat.joined || !arrived.contains(seat.session.id()))) {
			return null;
		}
		// Only their players could take the seats again, and these have not come yet.
		seats.forEach(this.room.leaving()::leaveIfClosed);
		checkOpen();
		this.heldNanos = timers().nanoTime();
		this.room.clients().feed().sync();
		this.room.onLane().hold();
		return RoomContents.save(this.room);
	}

	/** Opens the room on the next node, and ends it on this one. */
	private CompletionStage<Void> open(Contents contents) {
		CompletableFuture<Void> end = new CompletableFuture<>();
		open(contents, false, end);
		return end.thenCompose((done) -> onLane(() -> {
			this.opened = true;
			log.info("{} has moved to node {} in {} ms, and stood still for {} ms", this.room, this.target,
					millisSince(this.beganNanos), millisSince(this.heldNanos));
			this.nodes.moved(this.room.id(), this.target);
			Order reserved = order(this.target, this.epoch, List.of());
			this.room.clients().feed().forget();
			this.room.end(this.room.leaving()::moved);
			if (!reserved.keys().isEmpty()) {
				// The sessions may have known of their reservations for a moment only.
				send(reserved);
				timers().after(PATIENCE, this.parts.lanes().workers(), () -> send(reserved));
			}
			return null;
		}));
	}

	private long millisSince(long nanos) {
		return Duration.ofNanos(timers().nanoTime() - nanos).toMillis();
	}

	/**
	 * Repeats the call until its outcome is known, because the room must not be on both
	 * nodes.
	 * @param isUnknown whether an earlier call may have opened the room
	 */
	private void open(Contents contents, boolean isUnknown, CompletableFuture<Void> end) {
		call(contents).whenComplete((opened, failure) -> {
			if (failure == null) {
				end.complete(null);
			}
			else if (!mayBeOpen(failure, isUnknown)) {
				end.completeExceptionally(failure);
			}
			else if (!this.parts.network().nodes().get().isUp(this.target)) {
				log.warn("{} is lost with node {}, to which it has moved", this.room, this.target);
				end.complete(null);
			}
			else if (timers().nanoTime() - this.heldNanos > OUTCOME.toNanos()) {
				log.warn("Node {} does not report whether it has opened {}", this.target, this.room);
				end.complete(null);
			}
			else {
				timers().after(RETRY, this.parts.lanes().workers(), () -> open(contents, true, end));
			}
		});
	}

	private CompletionStage<Boolean> call(Contents contents) {
		try {
			return this.desk.open(this.room.id(), this.epoch, contents);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	/**
	 * Returns whether the next node may have opened the room, or still does. Its own
	 * failures are certain, because it remembers its openings.
	 */
	private static boolean mayBeOpen(Throwable failure, boolean isUnknown) {
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		if (cause instanceof ServiceException known) {
			return known.code() == ServiceException.NO_ANSWER || known.code() == ServiceException.FAILED
					|| isUnknown && known.code() == ServiceException.NOT_THERE;
		}
		return isUnknown;
	}

	/** The room goes on here, and so do its sessions. */
	private CompletionStage<Void> stay(Throwable failure) {
		this.desk.cancel(this.room.id(), this.epoch);
		return onLane(() -> {
			if (this.opened || !this.ordered) {
				return null;
			}
			Order back = order(self(), this.epoch + 1, sessions());
			this.room.onLane().release();
			this.room.reserving().resume();
			this.room.changed();
			for (Seat seat : this.room.occupants().all()) {
				bind(seat.session, back);
			}
			send(back);
			return null;
		}).thenCompose((done) -> CompletableFuture.failedStage(failure));
	}

	/**
	 * Reaches another gateway also if that cannot be called. This node can be called, and
	 * binds a session when none of its messages is in progress.
	 */
	private void bind(Session session, Order back) {
		if (session.isOpen() && !this.isLocal.test(session)) {
			CurrentRooms.move(session, this.room.kind(), back.place(), this.parts.network().routing().get());
		}
	}

	private void send(Order order) {
		try {
			this.parts.network().services().get().all(RoomGate.class).move(order);
		}
		catch (ServiceException ex) {
			log.debug("No gateway has received the order for {}", this.room, ex);
		}
	}

	private <T extends @Nullable Object> CompletionStage<T> onLane(Callable<T> task) {
		return this.room.onLane().submit(task);
	}

}
