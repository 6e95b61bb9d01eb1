package io.nanogame.memory;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.connection.Protocol;
import io.nanogame.connection.TransportContext;
import io.nanogame.pomelo.PomeloProtocol;
import io.nanogame.time.TimeSource;

/**
 * Connects clients to a server in memory: the engine, the protocol and its bytes are
 * those of a socket. All connections belong to one loop. Thread-safe.
 */
public final class MemoryTransport {

	private final TransportContext context;

	private final MemoryLoop loop;

	private final AtomicInteger lastNumber = new AtomicInteger();

	/**
	 * Creates a transport.
	 * @param context of the server
	 * @param threads run the tasks of the loop, one after the other; must not run tasks
	 * on the calling thread
	 * @param time of the server, for sweeps of its connections
	 */
	public MemoryTransport(TransportContext context, Executor threads, TimeSource time) {
		this.context = context;
		this.loop = new MemoryLoop(threads, context, time);
		context.leaving().parkOn(() -> this.loop);
	}

	/**
	 * Connects a client. The server must be running. The address of the client is the
	 * loopback address, and its port is how many clients have connected.
	 * @param receiver receives the server's output
	 * @return the client
	 */
	public MemoryClient connect(MemoryClient.Receiver receiver) {
		return connect(PomeloProtocol.NAME, receiver);
	}

	/**
	 * Connects a client that speaks a given protocol.
	 * @param protocol the name of a protocol of the server
	 * @param receiver receives the server's output
	 * @return the client, as {@link #connect(MemoryClient.Receiver)} does
	 * @throws io.nanogame.connection.UnknownProtocolException if the server does not have
	 * the protocol
	 */
	public MemoryClient connect(String protocol, MemoryClient.Receiver receiver) {
		Protocol spoken = this.context.protocols().find(protocol);
		int number = this.lastNumber.incrementAndGet();
		return new MemoryClient(this.loop, () -> new MemoryWire(this.context, spoken, this.loop, receiver, number));
	}

}
