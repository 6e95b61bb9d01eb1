package io.nanogame.server;

import java.time.Duration;
import java.util.List;

import io.nanogame.memory.GameThreads;
import io.nanogame.memory.ManualTime;
import io.nanogame.memory.MemoryTransport;
import io.nanogame.plain.JsonProtocol;
import io.nanogame.session.LoginPolicy;
import io.nanogame.test.RawClient;

/**
 * A real server without a port, in a time that stands still: clients connect in memory,
 * and heartbeats and time-outs are due when the test advances the time.
 */
public final class MemoryServer extends TestServer {

	/** The maximum real time for the tasks of one moment. */
	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final GameThreads threads;

	private final ManualTime time;

	private MemoryTransport transport;

	public MemoryServer() {
		this(0, LoginPolicy.SEVERAL);
	}

	/**
	 * Creates a server with a login policy and a limit of attributes.
	 * @param maxAttributes the limit of each session
	 * @param policy the login policy
	 */
	public MemoryServer(int maxAttributes, LoginPolicy policy) {
		this(new GameThreads(), maxAttributes, policy);
	}

	private MemoryServer(GameThreads threads, int maxAttributes, LoginPolicy policy) {
		this(threads, new ManualTime(threads), maxAttributes, policy);
	}

	private MemoryServer(GameThreads threads, ManualTime time, int maxAttributes, LoginPolicy policy) {
		super(threads.executor(), time, maxAttributes, policy);
		this.threads = threads;
		this.time = time;
		with((builder) -> builder.listeners(List.of()));
	}

	@Override
	public MemoryServer start() {
		super.start();
		this.transport = new MemoryTransport(server().transport(), this.threads.executor(), this.time);
		return this;
	}

	/**
	 * Connects a client in memory.
	 * @return a client before its handshake
	 */
	@Override
	public RawClient connect() {
		return RawClient.on(link());
	}

	/**
	 * Connects a client of the protocol {@code json} in memory.
	 * @return a client before its first message
	 */
	public RawClient connectJson() {
		return connect(JsonProtocol.NAME);
	}

	/**
	 * Connects a client in memory.
	 * @param protocol the name of its protocol
	 * @return a client before its first bytes
	 */
	@Override
	public RawClient connect(String protocol) {
		return RawClient.on(new MemoryLink(this.transport, protocol));
	}

	/**
	 * Connects a client that can stop reading.
	 * @return its link
	 */
	MemoryLink link() {
		return new MemoryLink(this.transport);
	}

	/** Waits until all work of clients, timers and handlers is done. */
	public void settle() {
		this.threads.awaitIdle(LIMIT);
	}

	@Override
	public void close() {
		super.close();
		this.threads.close();
	}

}
