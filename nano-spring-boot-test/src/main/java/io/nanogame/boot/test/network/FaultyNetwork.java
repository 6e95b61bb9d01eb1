package io.nanogame.boot.test.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A proxy on the loopback interface that simulates network faults: latency, lost
 * connections, stalls and corrupted bytes. Clients of any kind connect to its
 * {@link #port()} instead of the server's. Faults apply to all present and future
 * connections. Thread-safe.
 */
public final class FaultyNetwork implements Closeable {

	/**
	 * Small, so that few bytes are in flight and a peer that does not read is detected
	 * soon.
	 */
	private static final int SOCKET_BUFFER = 8 * 1024;

	private final int serverPort;

	private final ServerSocket listening;

	private final Set<Relay> relays = ConcurrentHashMap.newKeySet();

	private final Faults toServer = new Faults();

	private final Faults toClient = new Faults();

	private volatile boolean refuses;

	private FaultyNetwork(int serverPort, ServerSocket listening) {
		this.serverPort = serverPort;
		this.listening = listening;
	}

	/**
	 * Starts a network without faults.
	 * @param serverPort the port of the server on this machine
	 * @return the network; must be closed
	 */
	public static FaultyNetwork to(int serverPort) {
		try {
			ServerSocket listening = new ServerSocket();
			listening.setReceiveBufferSize(SOCKET_BUFFER);
			listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			FaultyNetwork network = new FaultyNetwork(serverPort, listening);
			Thread accepting = new Thread(network::accept, "faulty-network");
			accepting.setDaemon(true);
			accepting.start();
			return network;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() {
		while (!this.listening.isClosed()) {
			try {
				Socket client = this.listening.accept();
				if (this.refuses) {
					client.close();
				}
				else {
					connect(client);
				}
			}
			catch (IOException ex) {
				// The network was closed.
			}
		}
	}

	private void connect(Socket client) throws IOException {
		Socket server = new Socket();
		try {
			server.setReceiveBufferSize(SOCKET_BUFFER);
			server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.serverPort));
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
		}
		catch (IOException ex) {
			server.close();
			client.close();
			return;
		}
		Relay relay = new Relay(client, server, this.toServer, this.toClient, this.relays::remove);
		this.relays.add(relay);
		relay.start();
		if (this.listening.isClosed()) {
			relay.reset();
		}
	}

	/**
	 * Returns the port for clients.
	 * @return a port of this machine
	 */
	public int port() {
		return this.listening.getLocalPort();
	}

	/**
	 * Delays all bytes in both directions.
	 * @param latency the delay; zero for none
	 */
	public void delay(Duration latency) {
		this.toServer.delay(latency);
		this.toClient.delay(latency);
	}

	/** Resets all connections. New ones can be opened. */
	public void cut() {
		this.relays.forEach(Relay::reset);
	}

	/** Refuses new connections until {@link #admit()}. Those that are open stay. */
	public void refuse() {
		this.refuses = true;
	}

	/** Accepts new connections again. */
	public void admit() {
		this.refuses = false;
	}

	/** Stops delivering to clients, so that the output of the server backs up. */
	public void stallReading() {
		this.toClient.stall();
	}

	/** Stops delivering to the server. Clients do not notice it. */
	public void stallWriting() {
		this.toServer.stall();
	}

	/** Ends all stalls and delivers the waiting bytes. */
	public void flow() {
		this.toServer.flow();
		this.toClient.flow();
	}

	/** Inverts all bits of the next bytes that any client sends. */
	public void corruptNextFromClient() {
		this.toServer.corruptNext();
	}

	/** Inverts all bits of the next bytes that the server sends. */
	public void corruptNextFromServer() {
		this.toClient.corruptNext();
	}

	/**
	 * Accepts no more connections, also not after {@link #admit()}. Those that are open
	 * stay until one end closes them, so that the last messages of a player arrive. May
	 * replace {@link #close()} when all players of this network are about to disconnect.
	 */
	public void finish() {
		try {
			this.listening.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Resets all connections and accepts no more. */
	@Override
	public void close() {
		try {
			finish();
		}
		finally {
			cut();
		}
	}

}
