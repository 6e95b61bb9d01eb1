package io.nanogame.spring.web.servlet;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.connection.CarriedConnection;
import io.nanogame.connection.CarriedConnections;
import io.nanogame.connection.OutputLoop;
import io.nanogame.connection.Wire;
import io.nanogame.lane.Lane;
import io.nanogame.lane.Timer;
import io.nanogame.lane.Timers;
import io.nanogame.observe.LoggedClient;
import io.nanogame.session.Connection;
import io.nanogame.session.LoopMembers;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SharedMembers;
import io.nanogame.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of one servlet WebSocket: a lane of its own, which occupies a worker only
 * while it has tasks. A flush is queued behind all earlier output, so that the pending
 * bytes are counted before the lane blocks on the client.
 */
final class LaneLoop extends OutputLoop {

	private static final Logger log = LoggerFactory.getLogger(LaneLoop.class);

	private final Lane lane;

	private final Timers timers;

	private final Duration sweepInterval;

	private final Runnable onRefusal;

	/** The number of queued output tasks that have not started. */
	private final AtomicInteger queued = new AtomicInteger();

	// Confined to the lane

	/** The wire whose flush is queued; null for none. */
	private @Nullable Wire flushing;

	/** That of the socket, and those of sessions of other servers that it has claimed. */
	private final CarriedConnections connections = new CarriedConnections();

	/** Null without connections. */
	private @Nullable Timer sweep;

	/**
	 * Creates a loop for one connection.
	 * @param lane its own lane, unbounded
	 * @param timers the timers for sweeps
	 * @param sweepInterval the interval of sweeps
	 * @param onRefusal closes the connection, because the workers have rejected its
	 * output, which is lost
	 */
	LaneLoop(Lane lane, Timers timers, Duration sweepInterval, Runnable onRefusal) {
		this.lane = lane;
		this.timers = timers;
		this.sweepInterval = sweepInterval;
		this.onRefusal = onRefusal;
	}

	@Override
	public void execute(Runnable task) {
		this.lane.execute(task);
	}

	@Override
	public boolean waitsForClients() {
		return true;
	}

	@Override
	public boolean isCurrent() {
		return this.lane.isCurrent();
	}

	@Override
	protected boolean isIdle() {
		return this.lane.isCurrent() && this.queued.get() == 0;
	}

	@Override
	protected void enqueue(Runnable output) {
		this.queued.incrementAndGet();
		try {
			this.lane.execute(() -> {
				this.queued.decrementAndGet();
				output.run();
			});
		}
		catch (RejectedExecutionException ex) {
			this.queued.decrementAndGet();
			this.onRefusal.run();
		}
	}

	/** Returns shared members, because {@link #broadcast} sends on the calling thread. */
	@Override
	public LoopMembers members() {
		return new SharedMembers(this);
	}

	/** Returns members that merge no pushes, because the loop has one client. */
	@Override
	public LoopMembers members(TimeSource time) {
		return members();
	}

	/**
	 * Sends to each member separately. A lane has one client, so an encoded message
	 * cannot be shared. While the lane blocks on that client, the messages of other
	 * threads must count as pending.
	 */
	@Override
	public void broadcast(OutboundMessage message, Collection<Session> members) {
		for (Session member : members) {
			try {
				Connection receiver = receiver(member);
				if (receiver != null) {
					receiver.send(message);
				}
			}
			catch (RuntimeException ex) {
				log.error("A push to a member of a group failed: {}", LoggedClient.of(member), ex);
			}
		}
	}

	@Override
	protected void flushSoon(Wire wire) {
		if (this.flushing != wire) {
			this.flushing = wire;
			try {
				this.lane.execute(() -> {
					this.flushing = null;
					wire.flush();
				});
			}
			catch (RejectedExecutionException ex) {
				this.flushing = null;
				this.onRefusal.run();
			}
		}
	}

	@Override
	protected void add(CarriedConnection connection) {
		this.connections.add(connection);
		if (this.sweep == null) {
			this.sweep = this.timers.every(this.sweepInterval, this.lane,
					() -> this.connections.sweep(this.timers.nanoTime()));
		}
	}

	@Override
	protected void remove(CarriedConnection connection) {
		this.connections.remove(connection);
		if (this.connections.isEmpty() && this.sweep != null) {
			this.sweep.cancel();
			this.sweep = null;
		}
	}

}
