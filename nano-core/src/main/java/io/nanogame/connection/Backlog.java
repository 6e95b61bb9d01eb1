package io.nanogame.connection;

import java.util.List;

import io.nanogame.limit.Limit;
import io.nanogame.session.Session;
import io.nanogame.session.SessionWork;
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
	static int of(@Nullable Session session) {
		return (session != null) ? session.work().backlog() : 0;
	}

	boolean isFull(@Nullable Session session) {
		return session != null && (isFull(session.work()) || isHeavy(session.work()));
	}

	private boolean isFull(SessionWork work) {
		return work.backlog() >= this.messages.max();
	}

	private boolean isHeavy(SessionWork work) {
		return work.backlogBytes() >= this.bytes.max();
	}

	/**
	 * Whether a session that was full has done so much that it may be read from again.
	 */
	boolean hasRoom(@Nullable Session session) {
		return session == null || (session.work().backlog() <= this.messages.max() / 2
				&& session.work().backlogBytes() <= this.bytes.max() / 2);
	}

	/**
	 * Whether so many messages of a session were answered before their turn that their
	 * line must not grow any more: what is ahead of them does not end.
	 */
	boolean isStuck(Session session) {
		return session.work().givenUp() >= this.messages.max();
	}

	/** Counts a session that is not read from because of its backlog. */
	void paused(@Nullable Session session) {
		if (session != null && isFull(session.work())) {
			this.messages.exceeded();
		}
		if (session != null && isHeavy(session.work())) {
			this.bytes.exceeded();
		}
	}

}
