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
 * A network in front of a server, on the loopback, that can be made to fail: slow, cut,
 * jammed or with wrong bytes. Clients of any kind connect to its {@link #port()} instead
 * of the server's. What is set holds for all connections, those to come included. Any
 * thread.
 */
public final class FaultyNetwork implements Closeable {

	/** So that little is under way, and who does not read is noticed soon. */
	private static final int SOCKET_BUFFER = 8 * 1024;

	private final int serverPort;

	private final ServerSocket listening;

	private final Set<Relay> relays = ConcurrentHashMap.newKeySet();

	private final Faults toServer = new Faults();

	private final Faults toClient = new Faults();

	private FaultyNetwork(int serverPort, ServerSocket listening) {
		this.serverPort = serverPort;
		this.listening = listening;
	}

	/**
	 * A network that works, for now.
	 * @param serverPort where it leads, on this machine
	 * @return the network, to be closed
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
				connect(client);
			}
			catch (IOException ex) {
				// This network is closed.
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
	 * Where clients connect.
	 * @return a port of this machine
	 */
	public int port() {
		return this.listening.getLocalPort();
	}

	/**
	 * Makes everything late, in both directions.
	 * @param latency how late; zero for no more
	 */
	public void delay(Duration latency) {
		this.toServer.delay(latency);
		this.toClient.delay(latency);
	}

	/** Breaks all connections at once, without a goodbye. New ones can be made. */
	public void cut() {
		this.relays.forEach(Relay::reset);
	}

	/** Clients read nothing more: what the server sends jams up to it. */
	public void stallReading() {
		this.toClient.stall();
	}

	/** The server hears nothing more of its clients, and they do not notice. */
	public void stallWriting() {
		this.toServer.stall();
	}

	/** Ends what has stalled; what waited arrives. */
	public void flow() {
		this.toServer.flow();
		this.toClient.flow();
	}

	/** Turns all bits of what the next client sends next. */
	public void corruptNextFromClient() {
		this.toServer.corruptNext();
	}

	/** Turns all bits of what the server sends next. */
	public void corruptNextFromServer() {
		this.toClient.corruptNext();
	}

	/** Breaks all connections and takes no more. */
	@Override
	public void close() {
		try {
			this.listening.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			cut();
		}
	}

}
