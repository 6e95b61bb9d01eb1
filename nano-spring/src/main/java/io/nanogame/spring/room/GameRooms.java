package io.nanogame.spring.room;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.nanogame.server.ComponentLifecycle;
import io.nanogame.service.Offer;
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

	private final PlayerSeats seats;

	private @Nullable Offer<RoomDesk> offer;

	/**
	 * Creates the rooms of a server.
	 * @param kinds the kinds
	 * @param parts the parts of the engine
	 * @param beans creates the objects
	 * @param maxRooms the maximum number of rooms on this node
	 */
	public GameRooms(RoomKinds kinds, RoomParts parts, BeanFactory beans, int maxRooms) {
		this.kinds = kinds;
		this.parts = parts;
		RoomIds ids = new RoomIds(parts.network().nodes());
		RoomNodes nodes = new RoomNodes(kinds, parts, ids, this::desk);
		this.host = new RoomHost(parts, beans, ids, maxRooms);
		this.desk = new LocalDesk(kinds, this.host, parts, nodes);
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

	/**
	 * Notifies players whose room is lost with its node. Called once, on a server with
	 * clients.
	 * @param sessions supplies the sessions of this server
	 * @param listeners are notified, too
	 */
	public void watch(Supplier<Sessions> sessions, List<RoomListener> listeners) {
		this.parts.network().nodes().get().addListener(new LostRooms(this.parts, sessions, listeners));
	}

	@Override
	public synchronized void start() {
		this.host.start();
		if (this.offer == null && !this.kinds.names().isEmpty()) {
			this.offer = this.parts.network()
				.services()
				.get()
				.offer(RoomDesk.class, null, this.desk, this.parts.lanes().create("rooms"));
		}
	}

	@Override
	public synchronized void stop() {
		Offer<RoomDesk> offered = this.offer;
		if (offered != null) {
			this.offer = null;
			offered.close();
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
		return this.offer != null;
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
