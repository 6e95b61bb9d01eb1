package io.nanogame.connection;

import java.util.Collection;

import io.nanogame.observe.LoggedClient;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.LoopMembers;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loop, seen from the connections it carries. Everything that leaves through it keeps
 * one order: what is sent from other threads queues up, and what is sent on the loop goes
 * straight to the wire only while nothing is queued.
 */
public abstract class OutputLoop implements ConnectionLoop {

	private static final Logger log = LoggerFactory.getLogger(OutputLoop.class);

	/** A broadcast is on its way to its members. The loop's own. */
	private boolean broadcasting;

	private final InflationTurns inflation = new InflationTurns(this::nextTurn);

	/** When the present read began: all it brings was received then. The loop's own. */
	private long readNanos;

	/**
	 * Whether the caller is on the loop and nothing is queued. Any thread.
	 * @return false when output of the caller has to be queued
	 */
	protected abstract boolean isIdle();

	/**
	 * Whether output may go straight to the wire: not from within a broadcast, which
	 * comes before all that follows from it. Any thread.
	 * @return true on the loop, when nothing is queued or half done
	 */
	final boolean isDirect() {
		return isIdle() && !this.broadcasting;
	}

	/**
	 * Queues output. Any thread.
	 * @param output done on the loop, in order; not blocking, not throwing
	 */
	protected abstract void enqueue(Runnable output);

	/** A message was appended to one of its wires. Loop. */
	protected void appended() {
		// Of interest to those that carry many clients.
	}

	/**
	 * Runs a task when the other connections of the loop have had their turn. On the
	 * loop.
	 * @param task not blocking, not throwing
	 */
	protected void nextTurn(Runnable task) {
		execute(task);
	}

	/** A read begins. Loop. */
	final void reading(long nowNanos) {
		this.readNanos = nowNanos;
	}

	/** When the present read began. Loop. */
	final long readNanos() {
		return this.readNanos;
	}

	/**
	 * Where the messages of its connections are counted.
	 * @return null for a loop that may end before the server does
	 */
	protected @Nullable LoopCounts counts() {
		return null;
	}

	InflationTurns inflation() {
		return this.inflation;
	}

	/**
	 * Flushes a wire soon, once for all that is appended until then.
	 * @param wire a wire of this loop
	 */
	protected abstract void flushSoon(Wire wire);

	/**
	 * Flushes a wire at the end of the merge window, if there is one.
	 * @param flush of a wire of this loop; not blocking, not throwing
	 */
	protected void flushLater(Runnable flush) {
		execute(flush);
	}

	/**
	 * Looks after a connection until it is {@link #remove removed}.
	 * @param connection a connection of this loop
	 */
	protected abstract void add(CarriedConnection connection);

	protected abstract void remove(CarriedConnection connection);

	@Override
	public LoopMembers members() {
		return new MemberList(this);
	}

	@Override
	public void broadcast(OutboundMessage message, Collection<Session> members) {
		inOrder(new Broadcast(this, message, members));
	}

	/**
	 * Does something in the order of what the calling thread sends. Any thread.
	 * @param output done on the loop, perhaps at once; not blocking, not throwing
	 */
	final void inOrder(Runnable output) {
		if (isDirect()) {
			output.run();
		}
		else {
			enqueue(output);
		}
	}

	/** Loop. */
	final void deliver(Broadcast broadcast) {
		this.broadcasting = true;
		try {
			for (Session member : broadcast.members()) {
				deliver(broadcast, member);
			}
		}
		finally {
			this.broadcasting = false;
		}
	}

	/** Loop. */
	void deliver(Broadcast broadcast, Session member) {
		try {
			if (member.connection() instanceof CarriedConnection connection) {
				connection.deliver(broadcast);
			}
		}
		catch (RuntimeException ex) {
			log.error("A member of a group did not get a push: {}", LoggedClient.of(member), ex);
		}
	}

}
