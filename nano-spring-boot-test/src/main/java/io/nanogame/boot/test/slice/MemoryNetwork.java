package io.nanogame.boot.test.slice;

import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.boot.test.client.Inbox;
import io.nanogame.boot.test.client.Line;
import io.nanogame.boot.test.client.Lines;
import io.nanogame.lane.Lanes;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.serialize.Serializer;
import io.nanogame.server.GameServer;
import org.jspecify.annotations.Nullable;

/**
 * Players that are connected to the server in memory: the same bytes, the same engine, no
 * socket. Any thread.
 */
public final class MemoryNetwork implements Lines {

	private static final ClientInfo CLIENT = new ClientInfo(ClientInfo.NANO_JAVA, "0.1.0", "", "", "");

	private final GameServer server;

	private final Serializer serializer;

	private final GameThreads threads;

	private final VirtualTime time;

	private final MemoryLoop loop;

	private final AtomicInteger lastNumber = new AtomicInteger();

	/**
	 * A network.
	 * @param server where it leads, and which has to run before somebody connects
	 * @param serializer the game's
	 * @param threads what the server runs on
	 * @param time of the server
	 */
	public MemoryNetwork(GameServer server, Serializer serializer, GameThreads threads, VirtualTime time) {
		this.server = server;
		this.serializer = serializer;
		this.threads = threads;
		this.time = time;
		this.loop = new MemoryLoop(threads, server.transport(), time);
	}

	/**
	 * The lanes of a game, on threads that know when they are idle.
	 * @param threads carry the lanes
	 * @param capacity how many tasks may wait in one lane
	 * @return the lanes
	 */
	public static Lanes lanes(GameThreads threads, int capacity) {
		return new Lanes(threads.executor(), capacity);
	}

	@Override
	public Line line(@Nullable Object user, Inbox inbox) {
		return new MemoryLine(this, HandshakeRequest.of(CLIENT, user), inbox);
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
