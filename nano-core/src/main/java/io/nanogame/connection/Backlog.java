package io.nanogame.connection;

import java.util.List;

import io.nanogame.limit.Limit;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionQueue;
import org.jspecify.annotations.Nullable;

/**
 * The limits on the pending and running messages of a session, in number and in bytes. A
 * session above a limit is not read from. Thread-safe.
 */
final class Backlog {

	private final Limit messages;

	private final Limit bytes;

	Backlog(DispatchSettings settings) {
		this.messages = new Limit("backlog", settings.maxBacklog());
		this.bytes = new Limit("backlog-size", settings.maxBacklogBytes());
	}

	List<Limit> limits() {
		return List.of(this.messages, this.bytes);
	}

	/**
	 * Returns the number of messages that are not handled, or whose replies are pending.
	 */
	static int of(@Nullable SessionHandle handle) {
		return (handle != null) ? handle.queue().backlog() : 0;
	}

	boolean isFull(@Nullable SessionHandle handle) {
		return handle != null && (isFull(handle.queue()) || isHeavy(handle.queue()));
	}

	private boolean isFull(SessionQueue queue) {
		return queue.backlog() >= this.messages.max();
	}

	private boolean isHeavy(SessionQueue queue) {
		return queue.backlogBytes() >= this.bytes.max();
	}

	/**
	 * Returns whether a paused session may be read from again: below half of both limits.
	 */
	boolean hasRoom(@Nullable SessionHandle handle) {
		return handle == null || (handle.queue().backlog() <= this.messages.max() / 2
				&& handle.queue().backlogBytes() <= this.bytes.max() / 2);
	}

	/**
	 * Returns whether too many queued messages of a session have already timed out,
	 * because a message before them does not end. The queue must not grow then.
	 */
	boolean isStuck(SessionHandle handle) {
		return handle.queue().givenUp() >= this.messages.max();
	}

	/** Counts a session that is not read from because of its backlog. */
	void paused(@Nullable SessionHandle handle) {
		if (handle != null && isFull(handle.queue())) {
			this.messages.exceeded();
		}
		if (handle != null && isHeavy(handle.queue())) {
			this.bytes.exceeded();
		}
	}

}
