package io.nanogame.boot.test.slice;

import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.boot.test.client.Inbox;
import io.nanogame.boot.test.client.PlayerConnection;
import io.nanogame.boot.test.client.PlayerConnections;
import io.nanogame.lane.Lanes;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.serialize.Serializer;
import io.nanogame.server.GameServer;
import org.jspecify.annotations.Nullable;

/**
 * Connects players to the server in memory: with the same bytes and the same engine, but
 * without sockets. Thread-safe.
 */
public final class MemoryNetwork implements PlayerConnections {

	private static final ClientInfo CLIENT = new ClientInfo(ClientInfo.NANO_JAVA, "0.1.0", "", "", "");

	private final GameServer server;

	private final Serializer serializer;

	private final GameThreads threads;

	private final VirtualTime time;

	private final MemoryLoop loop;

	private final AtomicInteger lastNumber = new AtomicInteger();

	/**
	 * Creates a network.
	 * @param server must be running before a player connects
	 * @param serializer the serializer of the game
	 * @param threads the threads of the server
	 * @param time the time of the server
	 */
	public MemoryNetwork(GameServer server, Serializer serializer, GameThreads threads, VirtualTime time) {
		this.server = server;
		this.serializer = serializer;
		this.threads = threads;
		this.time = time;
		this.loop = new MemoryLoop(threads, server.transport(), time);
	}

	/**
	 * Creates the lanes of a game on the threads of the slice.
	 * @param threads run the tasks of the lanes
	 * @param capacity how many tasks may wait in one lane
	 * @return the lanes
	 */
	public static Lanes lanes(GameThreads threads, int capacity) {
		return new Lanes(threads.executor(), capacity);
	}

	@Override
	public PlayerConnection connection(@Nullable Object user, Inbox inbox) {
		return new MemoryConnection(this, HandshakeRequest.of(CLIENT, user), inbox);
	}

	MemoryWire wire(MemoryWire.Peer peer) {
		return new MemoryWire(this.server.transport(), this.loop, peer, this.lastNumber.incrementAndGet());
	}

	MemoryLoop loop() {
		return this.loop;
	}

	GameThreads threads() {
		return this.threads;
	}

	VirtualTime time() {
		return this.time;
	}

	Serializer serializer() {
		return this.serializer;
	}

}
