package io.nanogame.spring.room;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import io.nanogame.lane.Timer;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.service.ServiceException;
import io.nanogame.session.Session;
import io.nanogame.spring.room.RoomTransfer.Contents;
import io.nanogame.spring.room.RoomTransfer.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rooms that are moving to this node. Thread-safe.
 */
final class Arrivals implements NodeListener {

	/** The code of the failure of a call for a room that this node does not open. */
	static final int REFUSED = 409;

	private static final Logger log = LoggerFactory.getLogger(Arrivals.class);

	/** The former node calls several times a second. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration CHECK = Duration.ofSeconds(1);

	/**
	 * For calls that the former node repeats because a reply was lost, for half that
	 * time, and for late messages.
	 */
	private static final Duration MEMORY = Duration.ofMinutes(1);

	private final RoomKinds kinds;

	private final RoomHost host;

	private final RoomParts parts;

	Arrivals(RoomKinds kinds, RoomHost host, RoomParts parts) {
		this.kinds = kinds;
		this.host = host;
		this.parts = parts;
	}

	/** Returns the room with an id that is moving to this node, or null. */
	@Nullable Arrival find(String room) {
		return this.kinds.arrival(room);
	}

	/**
	 * Returns whether a room is on this node and is not about to leave it, or moves to
	 * it.
	 */
	boolean isHere(String room) {
		return this.host.has(room) || find(room) != null;
	}

	Arrival get(String room) {
		Arrival found = find(room);
		if (found == null) {
			throw notExpected();
		}
		return found;
	}

	private static ServiceException notExpected() {
		return new ServiceException(404, "the room is not expected");
	}

	/** Prepares for a room, whose messages wait from now on. */
	void expect(Header header) {
		RoomKind kind = this.kinds.get(header.kind());
		if (kind.definition().saved() == null) {
			throw new ServiceException(REFUSED, "rooms of the kind stay on their nodes here");
		}
		if (this.parts.network().nodes().get().self().leaving()) {
			throw new ServiceException(REFUSED, "this node is leaving, too");
		}
		this.host.checkSpace(this.kinds.components().stream().mapToInt((each) -> each.arrivals().size()).sum());
		Arrival next = new Arrival(header, this.host);
		Arrival former = kind.arrivals().put(header.room(), next);
		if (former != null) {
			former.drop();
		}
		Timer[] check = new Timer[1];
		check[0] = this.parts.timers().every(CHECK, this.parts.lanes().workers(), () -> check(next, check[0]));
	}

	private void check(Arrival arrival, Timer timer) {
		if (find(arrival.header().room()) != arrival) {
			timer.cancel();
		}
		else if (arrival.isSilent(PATIENCE)) {
			if (this.parts.network().nodes().get().isUp(arrival.header().from())) {
				// The room is busy there, or has given up; it stays in both cases.
				drop(arrival);
			}
			else {
				lost(arrival);
			}
		}
	}

	/** Opens a room, also if the call for that is cancelled because it takes too long. */
	CompletionStage<Boolean> open(String room, long epoch, Contents contents) {
		Arrival arrival = this.kinds.arrival(room, epoch);
		if (arrival == null) {
			throw notExpected();
		}
		return arrival.open(() -> open(arrival, contents));
	}

	private CompletableFuture<Boolean> open(Arrival arrival, Contents contents) {
		RoomKind kind = this.kinds.get(arrival.header().kind());
		return begin(arrival, kind, contents).exceptionallyCompose((failure) -> {
			arrival.fail();
			ended(arrival);
			return CompletableFuture.failedFuture(new ServiceException(REFUSED, "it could not be restored there"));
		});
	}

	private CompletableFuture<Boolean> begin(Arrival arrival, RoomKind kind, Contents contents) {
		Header header = arrival.header();
		RoomOrigin origin = new RoomOrigin(header.room(), kind, this.parts.mapper().readTree(header.options()),
				header.epoch());
		try {
			return this.host.open(origin, (room) -> RoomContents.restore(room, contents, arrival.sessions()),
					(room) -> complete(arrival, room));
		}
		catch (RuntimeException ex) {
			log.error("{} cannot be created", header.room(), ex);
			return CompletableFuture.failedFuture(ex);
		}
	}

	/** On the lane of the room, which is open: must not fail. */
	private boolean complete(Arrival arrival, HostedRoom<?> room) {
		ended(arrival);
		arrival.sessions().values().forEach((session) -> removeUnlessIn(session, room));
		arrival.complete(room);
		return true;
	}

	/** A session may have left while the room was moving. */
	private void removeUnlessIn(Session session, HostedRoom<?> room) {
		try {
			if (!room.kindOfRoom().isIn(session, room)) {
				CurrentRooms.remove(session, room.kind(), room.id(), this.parts.network().routing().get());
			}
		}
		catch (RuntimeException ex) {
			log.error("The place of {} in {} cannot be removed", session, room, ex);
		}
	}

	/** A room does not move to this node. */
	void cancel(String room, long epoch) {
		Arrival arrival = find(room);
		if (arrival != null && arrival.header().epoch() == epoch) {
			drop(arrival);
		}
	}

	private boolean drop(Arrival arrival) {
		boolean isDropped = arrival.drop();
		if (isDropped) {
			ended(arrival);
		}
		return isDropped;
	}

	private void ended(Arrival arrival) {
		String room = arrival.header().room();
		RoomKind kind = this.kinds.get(arrival.header().kind());
		kind.endedArrivals().put(room, arrival);
		kind.arrivals().remove(room, arrival);
		this.parts.timers()
			.after(MEMORY, this.parts.lanes().workers(), () -> kind.endedArrivals().remove(room, arrival));
	}

	/** Returns whether a room is just moving to this node. */
	boolean isReceiving() {
		return this.kinds.components().stream().anyMatch((kind) -> !kind.arrivals().isEmpty());
	}

	/** This node can be called no more: the rooms stay where they are. */
	void dropAll() {
		for (RoomKind kind : this.kinds.components()) {
			kind.arrivals().values().forEach(this::drop);
		}
	}

	/** The former node of a room is gone, and the room with it. */
	private void lost(Arrival arrival) {
		if (drop(arrival)) {
			String room = arrival.header().room();
			log.warn("{} is lost: its node was gone before it had moved to this one", room);
			try {
				this.parts.network()
					.services()
					.get()
					.all(RoomGate.class)
					.lost(room, this.parts.network().nodes().get().self().id());
			}
			catch (ServiceException ex) {
				log.warn("The players of {} cannot be notified: {}", room, ex.getMessage());
			}
		}
	}

	@Override
	public void down(Node node) {
		Predicate<Arrival> isFrom = (arrival) -> arrival.header().from().equals(node.id());
		for (RoomKind kind : this.kinds.components()) {
			List.copyOf(kind.arrivals().values()).stream().filter(isFrom).forEach(this::lost);
		}
	}

}
