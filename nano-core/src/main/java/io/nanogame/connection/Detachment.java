package io.nanogame.connection;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

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

	/**
	 * A client that resumes in a loop waits for the listeners of the session, whose calls
	 * would accumulate otherwise.
	 */
	private static final int MAX_CLAIMS = 64;

	private static final AtomicIntegerFieldUpdater<Detachment> CLAIMS = AtomicIntegerFieldUpdater
		.newUpdater(Detachment.class, "claims");

	private final ResumableSessions shared;

	/**
	 * The claims whose listeners were not called yet. Raised on the loop, lowered by any
	 * thread.
	 */
	private volatile int claims;

	/** Null while the session has a connection that works. */
	private @Nullable Cut cut;

	Detachment(ResumableSessions shared) {
		this.shared = shared;
	}

	private Cut cut() {
		Cut current = this.cut;
		if (current == null) {
			current = new Cut();
			this.cut = current;
		}
		return current;
	}

	/**
	 * Returns whether the session may be claimed again. A client that may not has
	 * returned in time, so the window begins anew.
	 */
	boolean beginClaim(long nowNanos) {
		boolean mayBegin = this.claims < MAX_CLAIMS;
		if (mayBegin) {
			CLAIMS.incrementAndGet(this);
		}
		else if (isPresent()) {
			restartWindow(nowNanos);
		}
		return mayBegin;
	}

	/** Called when the listeners were called for a claim. Thread-safe. */
	void endClaim() {
		CLAIMS.decrementAndGet(this);
	}

	/** This side cuts the socket. */
	void cutBy(CloseReason cause) {
		cut().reason = cause;
	}

	/**
	 * The socket is closed.
	 * @param counts false if another client is about to continue the session
	 */
	void begin(Session session, long nowNanos, boolean counts) {
		Cut begun = cut();
		begun.nanos = nowNanos;
		begun.windowNanos = nowNanos;
		begun.ticket = counts ? this.shared.detached(session) : Cut.NOT_COUNTED;
	}

	/** The client that was about to continue the session is gone. */
	void awaitNext(Session session, long nowNanos) {
		Cut present = cut();
		present.windowNanos = nowNanos;
		if (present.ticket == Cut.NOT_COUNTED) {
			present.ticket = this.shared.detached(session);
		}
	}

	/**
	 * The session leaves for another server, and is not limited any more. Returns false
	 * if it stays, because it is closed now to release its memory.
	 */
	boolean leave() {
		boolean leaves = this.cut != null && this.shared.attached(this.cut.ticket);
		if (leaves) {
			cut().ticket = Cut.LEFT;
		}
		return leaves;
	}

	/** Returns whether another server continues the session. */
	boolean hasLeft() {
		return this.cut != null && this.cut.ticket == Cut.LEFT;
	}

	/** Returns whether the session has no connection. */
	boolean isPresent() {
		return this.cut != null && this.cut.ticket != Cut.NO_TICKET;
	}

	/** Returns why the socket was cut: the first reason, or that of the report. */
	CloseReason reason(CloseReason reported) {
		Cut reason = cut();
		CloseReason first = (reason.reason != null) ? reason.reason : reported;
		reason.reason = first;
		return first;
	}

	void restartWindow(long nowNanos) {
		cut().windowNanos = nowNanos;
	}

	/** Returns how much of the window is over. */
	long windowSpent(long nowNanos) {
		return nowNanos - cut().windowNanos;
	}

	boolean isWindowOver(long nowNanos) {
		return windowSpent(nowNanos) > this.shared.settings().window().toNanos();
	}

	/** The session continues. Returns the nanoseconds without a connection. */
	long resumed(long nowNanos) {
		long since = cut().nanos;
		end();
		this.cut = null;
		return nowNanos - since;
	}

	/** The session was closed. */
	void closed(CloseReason why) {
		if (isPresent() && !why.equals(CloseReason.RESUME_LIMIT)) {
			lost(ResumeOutcome.CLOSED);
		}
		end();
	}

	private void end() {
		if (this.cut != null) {
			this.shared.attached(this.cut.ticket);
			this.cut.ticket = Cut.NO_TICKET;
		}
	}

	/** Counts why the session cannot continue: only the first reason. */
	void lost(ResumeOutcome outcome) {
		if (!cut().lossCounted) {
			cut().lossCounted = true;
			this.shared.add(outcome);
		}
	}

	/** What is only known of a session whose socket is cut. */
	private static final class Cut {

		private static final long NO_TICKET = 0;

		/** Of a session that is not limited, because its next client is known. */
		private static final long NOT_COUNTED = -1;

		/** Of a session that another server continues. */
		private static final long LEFT = -2;

		/** The ticket of a session without a connection. */
		private long ticket = NO_TICKET;

		/** When the socket was closed. */
		private long nanos;

		/** The start of the window. */
		private long windowNanos;

		/** Why the socket was cut; null until it is. */
		private @Nullable CloseReason reason;

		/** Whether it was counted that the session cannot continue. */
		private boolean lossCounted;

	}

}
