package io.nanogame.spring.room;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.lane.Lane;
import io.nanogame.route.LaneSelector;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.route.Route;
import io.nanogame.route.RouteHandler;
import io.nanogame.session.Session;
import io.nanogame.spring.ObjectComponent;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * A kind of room on this node: how its messages reach its rooms. Thread-safe.
 */
final class RoomKind implements ObjectComponent {

	private static final String SYNC = ".sync";

	private final RoomType type;

	private final Places places = new Places();

	/**
	 * The seats by the ids of their sessions. Each is changed on the lane of its room.
	 */
	private final Map<Long, Seat> seats = new ConcurrentHashMap<>();

	/** The rooms that are moving to this node, by their ids. */
	private final Map<String, Arrival> arrivals = new ConcurrentHashMap<>();

	/** The arrivals that have ended a short time ago, by the ids of their rooms. */
	private final Map<String, Arrival> endedArrivals = new ConcurrentHashMap<>();

	RoomKind(RoomType type) {
		this.type = type;
	}

	RoomType definition() {
		return this.type;
	}

	/** Returns which room a player has a seat or a reservation in. */
	Places places() {
		return this.places;
	}

	/** Returns the rooms that are moving to this node, by their ids: a live map. */
	Map<String, Arrival> arrivals() {
		return this.arrivals;
	}

	/** Returns the arrivals that have ended a short time ago: a live map. */
	Map<String, Arrival> endedArrivals() {
		return this.endedArrivals;
	}

	/** Returns the route of the request for the whole state. */
	static String syncRoute(String kind) {
		return kind + SYNC;
	}

	@Override
	public String component() {
		return this.type.kind();
	}

	@Override
	public Class<?> type() {
		return this.type.type();
	}

	@Nullable Seat seat(Session session) {
		return this.seats.get(session.id());
	}

	void put(Seat seat) {
		this.seats.put(seat.session.id(), seat);
	}

	boolean remove(Seat seat) {
		seat.end.forget();
		return this.seats.remove(seat.session.id(), seat);
	}

	// Messages

	@Override
	public @Nullable Lane select(Session session) {
		HostedRoom<?> room = room(session);
		return (room != null) ? room.lane() : null;
	}

	/** Returns the room in which a session has a seat or a reservation, or null. */
	private @Nullable HostedRoom<?> room(Session session) {
		Seat seat = seat(session);
		return (seat != null) ? seat.room : this.places.room(session);
	}

	/** Returns whether a session has a seat or a reservation in a room. */
	boolean isIn(Session session, HostedRoom<?> room) {
		return room(session) == room;
	}

	@Override
	public Object target(Request request) {
		return seated(request).room.object();
	}

	private Seat seated(Request request) {
		Seat seat = seat(request.session());
		if (seat == null) {
			throw absent(request.session(), "not in a room of the kind ");
		}
		return seat;
	}

	/**
	 * Returns the failure of a message without a place. A gateway may have sent it here
	 * just before a move of the room to this node has failed.
	 */
	private RequestException absent(Session session, String message) {
		Arrival ended = this.endedArrivals.get(CurrentRooms.find(session, component()));
		return (ended != null && ended.hasFailed()) ? Arrival.notMoved()
				: new RequestException(409, message + component());
	}

	@Override
	public @Nullable String route(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, OnJoin.class) ? component() + ".join" : null;
	}

	@Override
	public RouteHandler around(Method method, RouteHandler call) {
		boolean forSpectators = AnnotatedElementUtils.hasAnnotation(method, ForSpectators.class);
		if (AnnotatedElementUtils.hasAnnotation(method, OnJoin.class)) {
			return (request) -> join(request, forSpectators, call);
		}
		return (request) -> inRoom(request, (seat) -> handle(seat, forSpectators, request, call));
	}

	/**
	 * Calls the room of a session on its lane. If the room is moving to this node, the
	 * call waits for it, and so do the later messages of the session.
	 */
	private @Nullable Object inRoom(Request request, SeatCall call) throws Exception {
		Arrival arrival = arrival(request.session());
		if (arrival != null) {
			return arrival.opened(request.session()).thenCompose((room) -> RoomLane.stage(() -> inRoom(request, call)));
		}
		Seat seat = seated(request);
		return seat.room.onLane().call(() -> {
			checkStays(seat.room);
			return call.call(seat.room.joining().returned(seat, request.session()));
		});
	}

	/** Returns the room that is moving to this node and that a session is in, or null. */
	private @Nullable Arrival arrival(Session session) {
		return this.arrivals.isEmpty() ? null : this.arrivals.get(CurrentRooms.find(session, component()));
	}

	private static void checkStays(HostedRoom<?> room) {
		if (room.onLane().isHeld()) {
			throw new RequestException(503, "the room is moving to another server");
		}
	}

	private @Nullable Object handle(Seat seat, boolean forSpectators, Request request, RouteHandler call)
			throws Exception {
		checkPresent(seat);
		if (!seat.joined) {
			throw new RequestException(409, "join the room first");
		}
		if (seat.spectator && !forSpectators) {
			throw new RequestException(403, "not for spectators");
		}
		try {
			return call.handle(request);
		}
		finally {
			seat.room.clients().handled();
		}
	}

	/** The player may have left before the room could be called. */
	private void checkPresent(Seat seat) {
		if (seat(seat.session) != seat) {
			throw new RequestException(409, "not in a room of the kind " + component());
		}
	}

	private @Nullable Object join(Request request, boolean forSpectators, RouteHandler call) throws Exception {
		Arrival arrival = arrival(request.session());
		if (arrival != null) {
			return arrival.opened(request.session())
				.thenCompose((room) -> RoomLane.stage(() -> join(request, forSpectators, call)));
		}
		HostedRoom<?> room = room(request.session());
		if (room == null) {
			throw absent(request.session(), "no seat is reserved in a room of the kind ");
		}
		return room.onLane().call(() -> {
			checkStays(room);
			return room.joining().join(request, forSpectators, call);
		});
	}

	@Override
	public List<Route> more() {
		List<Route> more = new ArrayList<>();
		more.add(route(".leave", (request) -> inRoom(request, (seat) -> {
			seat.room.leaving().leave(seat, LeaveReason.LEFT, "");
			return null;
		})));
		more.add(route(SYNC, this::sync));
		if (MethodIntrospector
			.selectMethods(type(), (Method method) -> AnnotatedElementUtils.hasAnnotation(method, OnJoin.class))
			.isEmpty()) {
			more.add(route(".join", (request) -> join(request, false, (accepted) -> null)));
		}
		return more;
	}

	/** A room that has just moved to this node sends the whole state anyway. */
	private @Nullable Object sync(Request request) throws Exception {
		Arrival arrival = arrival(request.session());
		if (arrival != null) {
			arrival.arrived(request.session());
			return null;
		}
		return inRoom(request, (seat) -> {
			checkPresent(seat);
			seat.room.clients().repeatOnRequest(seat);
			return null;
		});
	}

	private Route route(String name, RouteHandler handler) {
		LaneSelector lanes = this;
		return Route.of(component() + name, handler).from(type().getName()).on(lanes);
	}

	@Override
	public String toString() {
		return "RoomKind[" + component() + "]";
	}

	/** Calls the room of a seat, on its lane. */
	private interface SeatCall {

		@Nullable Object call(Seat seat) throws Exception;

	}

}
