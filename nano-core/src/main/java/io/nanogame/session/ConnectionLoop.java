package io.nanogame.session;

import java.util.Collection;
import java.util.concurrent.Executor;

/**
 * A thread that carries many connections: a Netty event loop, or the lane of one servlet
 * WebSocket. As an {@link Executor} it is the place where handlers run that never block.
 */
public interface ConnectionLoop extends Executor {

	/**
	 * Sends one message to many sessions of this loop. Any thread, does not block; keeps
	 * its place in the order of what the calling thread sends to each of them.
	 * @param message a push, written with the payloads of all members; encoded once
	 * @param members sessions whose connections belong to this loop; read later, on the
	 * loop, so it must not be changed any more or be safe to read meanwhile
	 */
	void broadcast(OutboundMessage message, Collection<Session> members);

	/**
	 * Whether the calling thread is this loop, so that it must not block.
	 * @return true inside of what {@link #execute} runs
	 */
	default boolean isCurrent() {
		return false;
	}

	/**
	 * Makes a list of the members that a group has on this loop. Any thread.
	 * @return without members; for a loop of many clients one that a broadcast does not
	 * copy
	 */
	default LoopMembers members() {
		return new SharedMembers(this);
	}

	/**
	 * Whether it stands still while a client does not read. What others wait for must not
	 * be left to it.
	 * @return true for a loop of one client
	 */
	default boolean waitsForClients() {
		return false;
	}

}
