package io.nanogame.boot.test.slice;

import io.nanogame.boot.test.client.Inbox;
import io.nanogame.boot.test.client.PlayerConnection;
import io.nanogame.boot.test.client.PlayerConnections;
import io.nanogame.memory.GameThreads;
import io.nanogame.memory.MemoryClient;
import io.nanogame.memory.MemoryTransport;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.protocol.UserPart;
import io.nanogame.serialize.Serializer;
import io.nanogame.server.GameServer;
import org.jspecify.annotations.Nullable;

/**
 * Connects players to the server in memory: with the same bytes and the same engine, but
 * without sockets. Thread-safe.
 */
public final class MemoryNetwork implements PlayerConnections {

	private static final ClientInfo CLIENT = new ClientInfo(ClientInfo.NANO_JAVA, "0.1.0", "", "", "");

	private final GameThreads threads;

	private final VirtualTime time;

	private final MemoryTransport transport;

	/**
	 * Creates a network.
	 * @param server must be running before a player connects
	 * @param threads the threads of the server
	 * @param time the time of the server
	 */
	public MemoryNetwork(GameServer server, GameThreads threads, VirtualTime time) {
		this.threads = threads;
		this.time = time;
		this.transport = new MemoryTransport(server.transport(), threads.executor(), time);
	}

	@Override
	public PlayerConnection connection(@Nullable Object user, Serializer serializer, boolean resumable, Inbox inbox) {
		HandshakeRequest handshake = new HandshakeRequest(CLIENT, UserPart.of(user),
				resumable ? ResumeRequest.NEW : null);
		return new MemoryConnection(this, handshake, serializer, inbox);
	}

	MemoryClient connect(MemoryClient.Receiver receiver) {
		return this.transport.connect(receiver);
	}

	GameThreads threads() {
		return this.threads;
	}

	VirtualTime time() {
		return this.time;
	}

}
