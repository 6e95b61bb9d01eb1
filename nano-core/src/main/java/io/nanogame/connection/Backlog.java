package io.nanogame.connection;

import java.util.List;

import io.nanogame.limit.Limit;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionQueue;
import org.jspecify.annotations.Nullable;

/**
 * How much of a session may wait or run before it is not read from, in messages and in
 * bytes. Any thread.
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

	/** How many messages are not handled or not answered. */
	static int of(@Nullable SessionHandle handle) {
		return (handle != null) ? handle.queue().backlog() : 0;
	}

	boolean isFull(@Nullable SessionHandle handle) {
		return handle != null && (isFull(handle.queue()) || isHeavy(handle.queue()));
	}

	private boolean isFull(SessionQueue queue) {
		return queue.backlog() >= this.messages.most();
	}

	private boolean isHeavy(SessionQueue queue) {
		return queue.backlogBytes() >= this.bytes.most();
	}

	/**
	 * Whether a session that was full has done so much that it may be read from again.
	 */
	boolean hasRoom(@Nullable SessionHandle handle) {
		return handle == null || (handle.queue().backlog() <= this.messages.most() / 2
				&& handle.queue().backlogBytes() <= this.bytes.most() / 2);
	}

	/**
	 * Whether so many messages of a session were answered before their turn that their
	 * line must not grow any more: what is ahead of them does not end.
	 */
	boolean isStuck(SessionHandle handle) {
		return handle.queue().givenUp() >= this.messages.most();
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
