package io.nanogame.session;

import java.util.Collection;
import java.util.concurrent.Executor;

import io.nanogame.time.TimeSource;

/**
 * The thread of many connections, such as a Netty event loop, or the lane of one servlet
 * WebSocket. As an {@link Executor} it runs handlers that never block. Thread-safe.
 */
public interface ConnectionLoop extends Executor {

	/**
	 * Sends a message to many sessions of this loop, in order with other messages of the
	 * calling thread to each of them. Does not block.
	 * @param message a push, written with the payloads of all members; encoded once
	 * @param members sessions whose connections belong to this loop. Read later, on the
	 * loop, so the collection must not change or must be thread-safe
	 */
	void broadcast(OutboundMessage message, Collection<Session> members);

	/**
	 * Returns whether the calling thread is this loop, so that it must not block.
	 * @return true for tasks of {@link #execute}
	 */
	default boolean isCurrent() {
		return false;
	}

	/**
	 * Creates a list for the members that a group has on this loop.
	 * @return an empty list; a loop of many clients returns one that a broadcast does not
	 * copy
	 */
	default LoopMembers members() {
		return new SharedMembers(this);
	}

	/**
	 * Creates a list for the members of a group with merged routes.
	 * @param time ends merge windows
	 * @return an empty list; only a loop of many clients returns one that merges pushes
	 */
	default LoopMembers members(TimeSource time) {
		return members();
	}

	/**
	 * Returns whether the loop blocks while a client does not read. Tasks on which other
	 * clients depend must not run on it.
	 * @return true for a loop of one client
	 */
	default boolean waitsForClients() {
		return false;
	}

}
