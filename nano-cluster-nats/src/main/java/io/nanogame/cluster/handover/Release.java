package io.nanogame.cluster.handover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import io.nanogame.cluster.frame.ClaimFrame.SessionDenied;
import io.nanogame.cluster.frame.ClaimFrame.SessionOffered;
import io.nanogame.cluster.frame.ClaimFrame.SessionPart;
import io.nanogame.cluster.frame.Denial;
import io.nanogame.cluster.frame.HandoverFrame;
import io.nanogame.connection.RemoteClaim;
import io.nanogame.session.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * The claim of another gateway to a session of this one. Its last reply is repeated, and
 * so are the parts of a session that has left. Thread-safe.
 */
final class Release implements RemoteClaim.Answer {

	static final CloseReason NO_REASON = new CloseReason("", "", true);

	private final long claim;

	private final Departing departing;

	private final Consumer<HandoverFrame> sender;

	// Guarded by this

	/** Null until it is decided. */
	private @Nullable HandoverFrame reply;

	private boolean committed;

	/** The parts of the session, once it has left. */
	private List<SessionPart> parts = List.of();

	Release(long claim, Departing departing, Consumer<HandoverFrame> sender) {
		this.claim = claim;
		this.departing = departing;
		this.sender = sender;
	}

	private void reply(HandoverFrame frame) {
		synchronized (this) {
			this.reply = frame;
		}
		this.sender.accept(frame);
	}

	/** Sends the last reply again, if there is one. */
	void repeat() {
		HandoverFrame last;
		synchronized (this) {
			last = this.reply;
		}
		if (last != null) {
			this.sender.accept(last);
		}
	}

	void unknown() {
		reply(new SessionDenied(this.claim, Denial.NOT_HERE, NO_REASON));
	}

	@Override
	public void ready(long session) {
		reply(new SessionOffered(this.claim, session));
	}

	@Override
	public void lost(@Nullable CloseReason reason) {
		if (hasBegun()) {
			this.departing.lost();
		}
		reply(new SessionDenied(this.claim, Denial.LOST, (reason != null) ? reason : NO_REASON));
	}

	@Override
	public void withdrawn() {
		reply(withdrawn(this.claim));
	}

	static HandoverFrame withdrawn(long claim) {
		return new SessionDenied(claim, Denial.LATER, NO_REASON);
	}

	private synchronized boolean hasBegun() {
		return this.committed;
	}

	/** Returns true once: the session must leave now. */
	synchronized boolean commit() {
		boolean first = !this.committed;
		this.committed = true;
		return first;
	}

	/** The session has left. */
	void left(byte[] session, int partLength) {
		List<SessionPart> all = new ArrayList<>();
		int count = Math.max(1, (session.length + partLength - 1) / partLength);
		for (int i = 0; i < count; i++) {
			int end = Math.min(session.length, (i + 1) * partLength);
			all.add(new SessionPart(this.claim, i, count, Arrays.copyOfRange(session, i * partLength, end)));
		}
		synchronized (this) {
			this.parts = List.copyOf(all);
		}
		all.forEach(this.sender);
	}

	/** Returns whether the other gateway is the only one that may have the session. */
	synchronized boolean hasLeft() {
		return !this.parts.isEmpty();
	}

	/** Sends parts again. */
	void send(long[] missing) {
		List<SessionPart> all;
		synchronized (this) {
			all = this.parts;
		}
		all.stream()
			.filter((part) -> missing.length == 0 || Arrays.stream(missing).anyMatch((index) -> index == part.index()))
			.forEach(this.sender);
	}

}
