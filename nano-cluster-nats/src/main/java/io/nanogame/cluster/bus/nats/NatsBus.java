package io.nanogame.cluster.bus.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.BusReader;
import io.nanogame.cluster.bus.Leases;
import io.nanogame.cluster.bus.nats.ClusterUnreachableException.Problem;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to NATS.
 */
public final class NatsBus implements Bus {

	private static final Logger log = LoggerFactory.getLogger(NatsBus.class);

	/** Published bytes that are pending while the network is slow or lost. */
	private static final long MAX_PENDING_BYTES = 64 * 1024 * 1024L;

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

	/** The default of NATS servers, until one has announced its limit. */
	private static final long DEFAULT_MAX_PAYLOAD = 1024 * 1024L;

	private final Connection connection;

	private final PublishBacklog backlog;

	private final LongAdder dropped = new LongAdder();

	private final NatsEvents events;

	private final ExecutorService leaseThreads = NatsLeases.threads();

	private NatsBus(Connection connection, NatsEvents events) {
		this.connection = connection;
		this.events = events;
		events.inUse(true);
		this.backlog = new PublishBacklog(connection::outgoingPendingBytes, MAX_PENDING_BYTES);
	}

	/**
	 * Connects. Blocks until the connection is established or has failed.
	 * @param options servers, credentials, time-outs
	 * @return a connected bus
	 * @throws ClusterUnreachableException when no server replies, or one rejects this
	 * node
	 */
	public static NatsBus connect(Options.Builder options) {
		NatsEvents events = new NatsEvents();
		Options built = build(options, events);
		try {
			return new NatsBus(Nats.connect(built), events);
		}
		catch (IOException ex) {
			throw events.explain(servers(built), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw events.explain(servers(built), ex);
		}
	}

	/**
	 * Connects, and continues to try if no server replies. Blocks for one attempt at
	 * most.
	 * @param options servers, credentials, time-outs
	 * @return a bus that may not be connected yet
	 * @throws ClusterUnreachableException when a server rejects this node
	 */
	public static NatsBus connectInTime(Options.Builder options) {
		NatsEvents events = new NatsEvents();
		Options built = build(options.serverPool(events.servers()), events);
		try {
			Nats.connectAsynchronously(built, true);
			NatsBus bus = new NatsBus(events.await(built.getConnectionTimeout()), events);
			if (!bus.isConnected()) {
				mayComeLater(bus, events.explain(servers(built), null));
			}
			return bus;
		}
		catch (IOException ex) {
			throw events.explain(servers(built), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw events.explain(servers(built), ex);
		}
	}

	private static void mayComeLater(NatsBus bus, ClusterUnreachableException problem) {
		if (problem.problem() != Problem.NO_ANSWER) {
			bus.close();
			throw problem;
		}
		log.warn("{}. This node works alone, and joins its cluster when NATS answers", problem.getMessage());
	}

	private static Options build(Options.Builder options, NatsEvents events) {
		return options.maxReconnects(-1)
			// Otherwise publish blocks when 5,000 messages are pending.
			.maxMessagesInOutgoingQueue(0)
			.errorListener(events)
			.connectionListener(events)
			.build();
	}

	/** Without the name and the password that an address may contain. */
	private static List<String> servers(Options options) {
		return options.getServers().stream().map((server) -> server.getHost() + ":" + server.getPort()).toList();
	}

	@Override
	public BusReader newReader() {
		return new NatsReader(this.connection.createDispatcher(), this::countDropped);
	}

	@Override
	public Leases newLeases(String name, Duration length) {
		return new NatsLeases(this.connection, this.leaseThreads, name, length);
	}

	@Override
	public boolean isConnected() {
		return this.connection.getStatus() == Connection.Status.CONNECTED && !this.events.isLost();
	}

	@Override
	public boolean isStable(Duration time) {
		return this.events.isStable(time);
	}

	@Override
	public void onReconnect(Runnable listener) {
		this.events.onReconnect(listener);
	}

	@Override
	public void onMove(Runnable listener) {
		this.events.move().add(listener);
	}

	@Override
	public boolean publish(String subject, @Nullable String replyTo, byte[] body) {
		if (!wasConnected() || !this.backlog.hasRoom(body.length)) {
			this.dropped.increment();
			return false;
		}
		try {
			this.connection.publish(subject, replyTo, body);
			return true;
		}
		catch (IllegalStateException ex) {
			this.dropped.increment();
			log.debug("A message to {} was dropped: {}", subject, ex.getMessage());
			return false;
		}
	}

	/** Messages from before the node has joined are useless to the others later. */
	private boolean wasConnected() {
		return this.events.wasConnected() || isConnected();
	}

	@Override
	public void countDropped() {
		this.dropped.increment();
	}

	@Override
	public long dropped() {
		return this.dropped.sum() + this.connection.getStatistics().getDroppedCount();
	}

	@Override
	public long pendingBytes() {
		return this.backlog.bytes();
	}

	@Override
	public long reconnects() {
		return this.events.reconnects();
	}

	@Override
	public long maxPayload() {
		long announced = this.connection.getMaxPayload();
		return (announced > 0) ? announced : DEFAULT_MAX_PAYLOAD;
	}

	/**
	 * Returns the connection of the NATS client, for its other features.
	 * @return the connection, which must not be closed
	 */
	public Connection connection() {
		return this.connection;
	}

	@Override
	public void close() {
		this.events.inUse(false);
		this.events.move().close();
		try {
			if (isConnected()) {
				this.connection.flush(CLOSE_TIMEOUT);
			}
		}
		catch (TimeoutException | IllegalStateException ex) {
			log.debug("The last messages may not have left", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.leaseThreads.shutdown();
		this.backlog.close();
		try {
			this.connection.close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
