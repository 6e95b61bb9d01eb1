package io.nanogame.connection;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;

import io.nanogame.observe.LoggedClient;
import io.nanogame.session.Connection;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.LoopMembers;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loop, as its connections use it. All output has one order: output of other threads is
 * queued, and output on the loop is written directly only while no output is queued.
 */
public abstract class OutputLoop implements ConnectionLoop {

	private static final Logger log = LoggerFactory.getLogger(OutputLoop.class);

	/** Whether a broadcast or an event is being delivered. Confined to the loop. */
	private boolean delivering;

	/**
	 * The connections of sessions that leave for another server. They keep the broadcasts
	 * that were queued before, which would not be in order if they were passed on.
	 * Confined to the loop.
	 */
	private Map<Session, CarriedConnection> leaving = Map.of();

	private final InflationTurns inflation = new InflationTurns();

	/**
	 * When the current read began, which is the time of receipt of its messages. Confined
	 * to the loop.
	 */
	private long readNanos;

	/**
	 * Returns whether the caller runs on the loop and no output is queued. Thread-safe.
	 * @return false when output of the caller must be queued
	 */
	protected abstract boolean isIdle();

	/**
	 * Returns whether output may be written directly. During a broadcast or an event it
	 * may not, because it must reach all members or listeners before output that it
	 * causes. Thread-safe.
	 * @return true on the loop, when no output is queued or being delivered
	 */
	final boolean isDirect() {
		return isIdle() && !this.delivering;
	}

	/**
	 * Queues output. Thread-safe.
	 * @param output run on the loop, in order; must not block or throw
	 */
	protected abstract void enqueue(Runnable output);

	/**
	 * Called when a message was appended to a wire of this loop. Confined to the loop.
	 */
	protected void appended() {
		// Loops that carry many clients count the messages of a batch.
	}

	/**
	 * Runs a task after the loop has read from its other connections. Confined to the
	 * loop.
	 * @param task must not block or throw
	 */
	protected void nextTurn(Runnable task) {
		execute(task);
	}

	/** Called when a read begins. Confined to the loop. */
	final void reading(long nowNanos) {
		this.readNanos = nowNanos;
	}

	/** Returns when the current read began. Confined to the loop. */
	final long readNanos() {
		return this.readNanos;
	}

	/**
	 * Returns the message counts of its connections.
	 * @return null for a loop that may end before the server does
	 */
	protected @Nullable LoopCounts counts() {
		return null;
	}

	InflationTurns inflation() {
		return this.inflation;
	}

	/**
	 * Flushes a wire soon, once for all output that is appended until then.
	 * @param wire a wire of this loop
	 */
	protected abstract void flushSoon(Wire wire);

	/**
	 * Flushes a wire at the end of the merge window, if there is one.
	 * @param flush flushes a wire of this loop; must not block or throw
	 */
	protected void flushLater(Runnable flush) {
		execute(flush);
	}

	/**
	 * Sweeps a connection periodically until it is {@link #remove removed}.
	 * @param connection a connection of this loop
	 */
	protected abstract void add(CarriedConnection connection);

	protected abstract void remove(CarriedConnection connection);

	@Override
	public LoopMembers members() {
		return new MemberList(this, null);
	}

	@Override
	public LoopMembers members(TimeSource time) {
		return new MemberList(this, new MergeWindow(this, time));
	}

	@Override
	public void broadcast(OutboundMessage message, Collection<Session> members) {
		inOrder(new Broadcast(this, message, members));
	}

	/**
	 * Runs output in the order of the calling thread's output. Thread-safe.
	 * @param output run on the loop, possibly before this method returns; must not block
	 * or throw
	 */
	final void inOrder(Runnable output) {
		if (isDirect()) {
			output.run();
		}
		else {
			enqueue(output);
		}
	}

	/**
	 * Notifies all listeners before anything that one of them causes, such as the end of
	 * the connection. Confined to the loop.
	 */
	final void deliver(Runnable event) {
		boolean broadcasting = this.delivering;
		this.delivering = true;
		try {
			event.run();
		}
		finally {
			this.delivering = broadcasting;
		}
	}

	/** Confined to the loop. */
	final void deliver(Broadcast broadcast) {
		this.delivering = true;
		try {
			for (Session member : broadcast.members()) {
				deliver(broadcast, member);
			}
		}
		finally {
			this.delivering = false;
		}
	}

	/**
	 * Returns who receives a push to a member. Thread-safe.
	 * @return null if its client has left the session, which is about to leave the list
	 */
	protected static @Nullable Connection receiver(Session member) {
		SessionHandle handle = SessionHandle.of(member);
		return (handle.session() == member) ? handle.connection() : null;
	}

	/** A session begins to leave. Confined to the loop. */
	final void leaves(Session session, CarriedConnection former) {
		if (this.leaving.isEmpty()) {
			this.leaving = new IdentityHashMap<>(4);
		}
		this.leaving.put(session, former);
	}

	/** A session has left, or was closed. Confined to the loop. */
	final void hasLeft(Session session) {
		if (!this.leaving.isEmpty()) {
			this.leaving.remove(session);
		}
	}

	/** Confined to the loop. */
	void deliver(Broadcast broadcast, Session member) {
		try {
			CarriedConnection former = this.leaving.isEmpty() ? null : this.leaving.get(member);
			Connection receiver = (former != null) ? former : receiver(member);
			if (receiver instanceof CarriedConnection connection && connection.loop() == this) {
				connection.deliver(broadcast);
			}
			else if (receiver != null) {
				// The session has moved to another server, or back, since the push.
				receiver.send(broadcast.message());
			}
		}
		catch (RuntimeException ex) {
			log.error("A push to a member of a group failed: {}", LoggedClient.of(member), ex);
		}
	}

}
