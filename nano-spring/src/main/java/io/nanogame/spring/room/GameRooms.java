package io.nanogame.spring.room;

import io.nanogame.service.Offer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The rooms of a server, with their start and their stop.
 */
public final class GameRooms implements SmartLifecycle {

	/** Before the server: while its clients are still connected. */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE;

	private static final int STOP_SECONDS = 10;

	private final RoomKinds kinds;

	private final RoomParts parts;

	private final RoomHost host;

	private final LocalDesk desk;

	private final Rooms rooms;

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
		RoomIds ids = new RoomIds(parts.nodes());
		RoomNodes nodes = new RoomNodes(kinds, parts, ids);
		this.host = new RoomHost(parts, beans, ids, maxRooms);
		this.desk = new LocalDesk(kinds, this.host, parts, nodes);
		this.rooms = new ClusterRooms(nodes, parts);
	}

	/**
	 * Returns the rooms of all nodes.
	 * @return always the same object
	 */
	public Rooms rooms() {
		return this.rooms;
	}

	@Override
	public synchronized void start() {
		if (this.offer == null && !this.kinds.names().isEmpty()) {
			this.offer = this.parts.services()
				.get()
				.offer(RoomDesk.class, null, this.desk, this.parts.lanes().create("rooms"));
		}
	}

	/** Closes all rooms, while their clients are still connected. */
	@Override
	public synchronized void stop() {
		Offer<RoomDesk> offered = this.offer;
		if (offered != null) {
			this.offer = null;
			offered.close();
			this.host.closeAll("the server is stopping", STOP_SECONDS);
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.offer != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
