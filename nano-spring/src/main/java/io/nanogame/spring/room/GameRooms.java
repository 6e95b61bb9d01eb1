package io.nanogame.spring.room;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.nanogame.lane.Lane;
import io.nanogame.node.DrainTask;
import io.nanogame.server.ComponentLifecycle;
import io.nanogame.server.GameServer;
import io.nanogame.service.Offer;
import io.nanogame.service.Services;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.nanogame.spring.ObjectComponents;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The rooms of a server, with their start and their stop.
 */
public final class GameRooms implements ObjectComponents, ComponentLifecycle, SmartLifecycle {

	/** The route of pushes with states and their changes. */
	public static final String STATE_ROUTE = StateCopy.ROUTE;

	private static final int STOP_SECONDS = 10;

	private final RoomKinds kinds;

	private final RoomParts parts;

	private final RoomHost host;

	private final LocalDesk desk;

	private final Rooms rooms;

	private final Arrivals arrivals;

	private final Departures departures;

	private final PlayerSeats seats;

	private volatile @Nullable LocalGate gate;

	/** The services of this node; null unless it is running. */
	private @Nullable List<Offer<?>> offers;

	/**
	 * Creates the rooms of a server.
	 * @param kinds the kinds
	 * @param parts the parts of the engine
	 * @param beans creates the objects
	 * @param settings the settings
	 */
	public GameRooms(RoomKinds kinds, RoomParts parts, BeanFactory beans, RoomSettings settings) {
		this.kinds = kinds;
		this.parts = parts;
		RoomIds ids = new RoomIds(parts.network().nodes());
		this.host = new RoomHost(parts, beans, ids, settings);
		this.arrivals = new Arrivals(kinds, this.host, parts);
		RoomNodes nodes = new RoomNodes(kinds, parts, ids, this.arrivals::isHere, this::desk);
		this.desk = new LocalDesk(kinds, this.host, parts, nodes, this.arrivals);
		this.departures = new Departures(this.host, nodes, parts, this.arrivals, this::isLocal);
		this.rooms = new ClusterRooms(nodes, parts);
		this.seats = new PlayerSeats(nodes, parts);
	}

	/**
	 * Returns the rooms of all nodes.
	 * @return always the same object
	 */
	public Rooms rooms() {
		return this.rooms;
	}

	/**
	 * Returns the seats of players who are matched.
	 * @return always the same object
	 */
	public PlayerSeats seats() {
		return this.seats;
	}

	/**
	 * Returns the kinds of this node. Thread-safe.
	 * @return a snapshot, in the order of their definition
	 */
	public List<KindSummary> kinds() {
		return this.kinds.components().stream().map(this::summary).toList();
	}

	private KindSummary summary(RoomKind kind) {
		List<RoomInfo> rooms = rooms(kind.component());
		return new KindSummary(kind.component(), kind.type().getName(), kind.definition().limits().seats(),
				rooms.size(), rooms.stream().mapToInt(RoomInfo::players).sum(),
				rooms.stream().mapToInt(RoomInfo::spectators).sum());
	}

	/**
	 * Returns the rooms of this node, also the hidden ones. Thread-safe.
	 * @param kind the kind
	 * @return a snapshot, sorted by id
	 */
	public List<RoomInfo> rooms(String kind) {
		return this.host.rooms()
			.stream()
			.filter((room) -> room.kind().equals(kind))
			.map((room) -> room.listing().latest())
			.filter(Objects::nonNull)
			.sorted(Comparator.comparing(RoomInfo::room))
			.toList();
	}

	private RoomDesk desk() {
		return this.desk;
	}

	private boolean isLocal(Session session) {
		LocalGate clients = this.gate;
		return clients != null && clients.isLocal(session);
	}

	/**
	 * Serves the clients of this server: notifies those whose room is lost with its node,
	 * and routes their messages to the next node of a room that moves. Called once,
	 * before the start, on a server with clients.
	 * @param sessions supplies the sessions of this server
	 * @param server supplies this server
	 * @param listeners are notified of lost rooms, too
	 */
	public void watch(Supplier<Sessions> sessions, Supplier<GameServer> server, List<RoomListener> listeners) {
		MoveOrders orders = new MoveOrders(this.parts);
		LostRooms lost = new LostRooms(this.parts, sessions, listeners, orders);
		this.parts.network().nodes().get().addListener(lost);
		this.gate = new LocalGate(this.parts, sessions, server, lost, orders);
	}

	/**
	 * Returns what moves rooms to other nodes while this one is drained.
	 * @return always the same object
	 */
	public DrainTask departures() {
		return this.departures;
	}

	@Override
	public synchronized void start() {
		this.host.start();
		if (this.offers == null) {
			List<Offer<?>> started = new ArrayList<>();
			Services services = this.parts.network().services().get();
			Lane lane = this.parts.lanes().create("rooms");
			if (!this.kinds.names().isEmpty()) {
				started.add(services.offer(RoomDesk.class, null, this.desk, lane));
				this.parts.network().nodes().get().addListener(this.arrivals);
			}
			LocalGate clients = this.gate;
			if (clients != null) {
				started.add(services.offer(RoomGate.class, null, clients, lane));
			}
			this.offers = started;
		}
	}

	@Override
	public synchronized void stop() {
		List<Offer<?>> offered = this.offers;
		if (offered != null) {
			this.offers = null;
			this.parts.network().nodes().get().removeListener(this.arrivals);
			offered.forEach(Offer::close);
		}
	}

	/** Closes all rooms, while their clients are still connected. */
	@Override
	public void beforeShutdown() {
		this.host.closeAll("the server is stopping", STOP_SECONDS);
	}

	@Override
	public List<RoomKind> components() {
		return this.kinds.components();
	}

	@Override
	public synchronized boolean isRunning() {
		return this.offers != null;
	}

	/** As for services: before the cluster, and before the game server. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 2;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	/**
	 * The rooms of a kind on this node.
	 *
	 * @param kind the kind
	 * @param type the name of the class
	 * @param seats the number of seats of each room
	 * @param rooms the number of rooms
	 * @param players the number of seats that are taken or reserved
	 * @param spectators the number of spectators
	 */
	public record KindSummary(String kind, String type, int seats, int rooms, int players, int spectators) {
	}

}
