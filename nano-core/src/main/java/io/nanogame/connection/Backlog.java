package io.nanogame.connection;

import java.util.List;

import io.nanogame.limit.Limit;
import io.nanogame.session.Session;
import io.nanogame.session.SessionWork;
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
	 * Returns whether a paused session may be read from again: below half of both limits.
	 */
	boolean hasRoom(@Nullable Session session) {
		return session == null || (session.work().backlog() <= this.messages.max() / 2
				&& session.work().backlogBytes() <= this.bytes.max() / 2);
	}

	/**
	 * Returns whether too many queued messages of a session have already timed out,
	 * because a message before them does not end. The queue must not grow then.
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
