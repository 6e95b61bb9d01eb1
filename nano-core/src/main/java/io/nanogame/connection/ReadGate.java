package io.nanogame.connection;

import java.util.Map;

import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The gate of a client's inbound bytes. It pauses while the session has too much work,
 * and while the client does not read. Confined to the loop, except where stated.
 */
public final class ReadGate implements Runnable {

	private final Intake intake;

	private final OutputLoop loop;

	private Wire wire;

	private final ProtocolConnection protocol;

	private Liveness liveness;

	/** Null until the client is introduced. */
	private @Nullable SessionHandle handle;

	private final ClientRates rates;

	private volatile boolean paused;

	/** Whether kept bytes are decoded, which do not end the silence of the client. */
	private boolean resuming;

	/** Whether the gate is closed until validators or another loop have decided. */
	private boolean held;

	/** Whether the client has closed its half. It may still read. */
	private volatile boolean inputEnded;

	private boolean opened;

	private boolean ended;

	ReadGate(Intake intake, Wire wire, ProtocolConnection protocol) {
		this.intake = intake;
		this.loop = wire.loop();
		this.wire = wire;
		this.protocol = protocol;
		this.liveness = new Liveness(intake.nanoTime());
		this.rates = new ClientRates(intake, this);
	}

	OutputLoop loop() {
		return this.loop;
	}

	void attach(Session candidate) {
		this.handle = SessionHandle.own(candidate);
	}

	void open(@Nullable String uid) {
		this.opened = true;
		this.rates.open(uid);
	}

	/** Closes the gate until a decision, or opens it. */
	void hold(boolean close) {
		this.held = close;
	}

	/** Continues with another wire. */
	void attach(Wire next) {
		this.wire = next;
		this.liveness = new Liveness(this.intake.nanoTime());
		this.paused = false;
		this.rates.slowedDown();
		this.inputEnded = false;
	}

	/** The socket serves another session: no time-out of the handshake. */
	void relay() {
		this.opened = true;
	}

	/** Returns how fast the client may send. */
	public ClientRates rates() {
		return this.rates;
	}

	/** Lets no more bytes in: the connection ends. */
	void end() {
		this.ended = true;
		this.protocol.ended();
		this.liveness.closing(this.intake.nanoTime());
	}

	/** Aborts the ending connection when its client does not read the last bytes. */
	void abortWhenOverdue(long nowNanos) {
		if (this.intake.isDraining() && this.wire.pendingBytes() > 0) {
			// Replies must reach the client; the grace period is the limit.
			this.liveness.closing(nowNanos);
		}
		else if (this.liveness.hasLingered(nowNanos)) {
			this.wire.abort();
		}
	}

	/** Fails the requests whose deadline has passed. */
	void expire(long nowNanos) {
		if (this.handle != null) {
			this.handle.queue().expire(nowNanos);
		}
	}

	/** Fails all pending requests, because the server stops. */
	void abandon() {
		if (this.handle != null) {
			this.handle.abandon();
		}
	}

	void endInput() {
		this.inputEnded = true;
		this.liveness.endPacket();
	}

	/** Thread-safe. */
	boolean isInputEnded() {
		return this.inputEnded;
	}

	/** Returns the number of unfinished messages, see {@link Backlog#of}. Thread-safe. */
	int backlog() {
		return Backlog.of(this.handle);
	}

	/** Returns whether the client waits: after a half-close, for replies. Thread-safe. */
	boolean isWorkPending() {
		SessionHandle open = this.handle;
		boolean answersOnly = this.inputEnded && !this.intake.isDraining();
		return (answersOnly && open != null) ? open.queue().owesReplies() : backlog() > 0;
	}

	/** Reads bytes, unless paused. Returns the reason to end the connection, or null. */
	@Nullable CloseReason receive(ByteBuf in) {
		if (!this.resuming) {
			this.liveness.received();
		}
		long now = this.intake.nanoTime();
		this.loop.reading(now);
		try {
			if (!this.ended && !this.paused) {
				read(in, now);
			}
			return null;
		}
		catch (ProtocolException ex) {
			return CloseReason.PROTOCOL_ERROR.withMessage("protocol error: " + ex.getMessage());
		}
		catch (TooManyRequestsException ex) {
			return CloseReason.TOO_MANY_REQUESTS;
		}
		catch (RuntimeException ex) {
			return this.intake.failed(this.handle, this.wire, ex);
		}
	}

	private void read(ByteBuf in, long nowNanos) {
		int first = in.readerIndex() - this.protocol.consumed();
		this.protocol.receive(in);
		int next = in.readerIndex() - this.protocol.consumed();
		int incomplete = (next < in.writerIndex()) ? this.protocol.announcedLength(in) : this.wire.incompleteLength();
		if ((next < in.writerIndex() || incomplete > 0) && !this.paused && !this.inputEnded) {
			this.liveness.awaitPacket(incomplete, next != first, nowNanos);
		}
		else {
			this.liveness.endPacket();
		}
	}

	/** Returns the elapsed time-out. A client that is not read from is not idle. */
	@Nullable CloseReason overdue(long nowNanos) {
		if (this.rates.isTooFast()) {
			run();
		}
		boolean excused = this.paused && !this.rates.isTooFast() && this.wire.isWritable() && !this.inputEnded;
		CloseReason reason = this.liveness.overdue(this.intake.settings(), nowNanos, this.opened, excused,
				this.protocol.sendsHeartbeats() ? null : this.wire);
		if (reason != null && this.inputEnded) {
			// Its messages are still handled.
			this.wire.abort();
			return null;
		}
		return reason;
	}

	/** Thread-safe. */
	boolean isPaused() {
		return this.paused;
	}

	/** Returns whether reading is paused until the backlog of the session shrinks. */
	public boolean isWaiting() {
		return this.opened && !this.ended && this.paused && !this.rates.isTooFast();
	}

	/**
	 * Returns whether the next packet may be read now; pauses otherwise. Must be called
	 * after each packet.
	 * @return false when all further bytes must remain unread
	 */
	public boolean mayReadNext() {
		if (this.ended || this.paused) {
			return false;
		}
		if (!mustWait()) {
			return true;
		}
		this.paused = true;
		// The session may have caught up before the pause was visible to it.
		if (!mustWait()) {
			this.paused = false;
			return true;
		}
		this.intake.backlog().paused(this.handle);
		this.wire.pause();
		return false;
	}

	private boolean mustWait() {
		return isBlocked() || this.intake.backlog().isFull(this.handle);
	}

	private boolean isBlocked() {
		return this.held || this.protocol.isReplyQueueFull() || !this.wire.isWritable();
	}

	void resumeSoon() {
		if (this.paused) {
			this.loop.enqueue(this);
		}
	}

	/** Resumes reading from a paused client, if it need not wait any longer. */
	@Override
	public void run() {
		if (!this.paused || this.ended || isBlocked() || !this.intake.backlog().hasRoom(this.handle)) {
			return;
		}
		this.paused = false;
		this.rates.slowedDown();
		this.resuming = true;
		try {
			this.wire.resume();
		}
		finally {
			this.resuming = false;
		}
	}

	/**
	 * Returns whether a message is admitted. A rejected request has already failed.
	 * @param type the type of the message
	 * @param id the id of a request; 0 when no reply is expected
	 * @param route the route of the message
	 * @param length the length of the received body, in bytes
	 * @return true if the message must be passed to {@link #received}
	 */
	public boolean admits(MessageType type, long id, String route, int length) {
		return this.handle != null
				&& this.intake.admits(this.loop, this.handle, this.rates.allowance(route), type, id, route, length);
	}

	/** Passes on a message that was {@link #admits admitted}. */
	public void received(Message message) {
		received(message, Map.of());
	}

	/** Passes on an admitted message with headers. */
	public void received(Message message, Map<String, String> headers) {
		if (this.handle != null) {
			this.intake.receive(this.handle, message, headers, this.loop.readNanos());
		}
	}

	/** Pauses until a rate allows to read on, or the caller runs this gate. */
	void pauseForRate() {
		this.paused = true;
		this.wire.pause();
	}

}
