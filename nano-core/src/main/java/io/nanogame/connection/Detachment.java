package io.nanogame.connection;

import io.nanogame.resume.ResumableSessions;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The time in which a session has no connection, and what has become of it. Confined to
 * the loop of the session.
 */
final class Detachment {

	private static final long NONE = 0;

	private final ResumableSessions shared;

	/** The ticket of a session without a connection. */
	private long ticket = NONE;

	private long cutNanos;

	/** The start of the window. */
	private long windowNanos;

	/** Why the last socket was cut; null while there is one. */
	private @Nullable CloseReason reason;

	/** Whether it was counted that the session cannot continue. */
	private boolean lossCounted;

	Detachment(ResumableSessions shared) {
		this.shared = shared;
	}

	/** This side cuts the socket. */
	void cutBy(CloseReason cause) {
		this.reason = cause;
	}

	/** The socket is closed. */
	void begin(Session session, long nowNanos) {
		this.cutNanos = nowNanos;
		this.windowNanos = nowNanos;
		this.ticket = this.shared.detached(session);
	}

	/** Returns whether the session has no connection. */
	boolean isPresent() {
		return this.ticket != NONE;
	}

	/** Returns why the socket was cut: the first reason, or that of the report. */
	CloseReason reason(CloseReason reported) {
		CloseReason first = (this.reason != null) ? this.reason : reported;
		this.reason = first;
		return first;
	}

	void restartWindow(long nowNanos) {
		this.windowNanos = nowNanos;
	}

	boolean isWindowOver(long nowNanos) {
		return nowNanos - this.windowNanos > this.shared.settings().window().toNanos();
	}

	/** The session continues. Returns the nanoseconds without a connection. */
	long resumed(long nowNanos) {
		end();
		this.lossCounted = false;
		this.reason = null;
		return nowNanos - this.cutNanos;
	}

	/** The session was closed. */
	void closed(CloseReason why) {
		if (isPresent() && !why.equals(CloseReason.RESUME_LIMIT)) {
			lost(ResumeOutcome.CLOSED);
		}
		end();
	}

	private void end() {
		this.shared.attached(this.ticket);
		this.ticket = NONE;
	}

	/** Counts why the session cannot continue: only the first reason. */
	void lost(ResumeOutcome outcome) {
		if (!this.lossCounted) {
			this.lossCounted = true;
			this.shared.add(outcome);
		}
	}

}
