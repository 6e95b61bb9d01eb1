package io.nanogame.connection;

import io.nanogame.observe.LoggedClient;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one client's bytes into the server, and how long it is open: a client is not
 * read from while its session has enough to do or the client enough to read, and not
 * while it makes the server inflate too fast. Loop, where nothing else is said.
 */
public final class ReadGate implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(ReadGate.class);

	private final Intake intake;

	private final Wire wire;

	private final ProtocolConnection protocol;

	private final Liveness liveness;

	/** Null until the client has said who it is. */
	private @Nullable Session session;

	/** Null before the session opens, and when a client may send as much as it likes. */
	private @Nullable Allowance allowance;

	private volatile boolean paused;

	/** Decodes bytes that the wire kept, which are no sign of life. */
	private boolean resuming;

	/** Paused because the client makes the server inflate too fast; the sweep resumes. */
	private boolean inflatesTooFast;

	/** Null until a message was inflated. */
	private @Nullable InflationRate inflationRate;

	/** The client waits for the decision about its introduction. */
	private boolean deciding;

	/** The client sends nothing more, and may still read. */
	private volatile boolean inputEnded;

	private boolean opened;

	private boolean closed;

	ReadGate(Intake intake, Wire wire, ProtocolConnection protocol) {
		this.intake = intake;
		this.wire = wire;
		this.protocol = protocol;
		this.liveness = new Liveness(intake.nanoTime());
	}

	void attach(Session candidate) {
		this.session = candidate;
	}

	void open(@Nullable String uid) {
		this.opened = true;
		this.allowance = this.intake.rate().allowance(uid);
	}

	/** Sets whether the client waits for a decision, and is not read from. */
	void deciding(boolean undecided) {
		this.deciding = undecided;
	}

	void close() {
		this.closed = true;
		this.liveness.closing(this.intake.nanoTime());
	}

	/** The connection ends: aborts it when the client had time to read its end. */
	void abortWhenOverdue(long nowNanos) {
		if (this.intake.isDraining() && this.wire.pendingBytes() > 0) {
			// What it was promised has to reach it; the grace period is the limit.
			this.liveness.closing(nowNanos);
		}
		else if (this.liveness.hasLingered(nowNanos)) {
			this.wire.abort();
		}
	}

	/** Keeps what the player has spent for its next session. */
	void leave(@Nullable String uid) {
		this.intake.rate().left(uid, this.allowance);
	}

	/** Answers all requests that wait, because they cannot be waited for. */
	void abandon() {
		if (this.session != null) {
			this.session.work().abandon();
		}
	}

	void endInput() {
		this.inputEnded = true;
		this.liveness.awaitNothing();
	}

	/** Any thread. */
	boolean isInputEnded() {
		return this.inputEnded;
	}

	/** How many messages are not handled or not answered. Any thread. */
	int backlog() {
		return Backlog.of(this.session);
	}

	/**
	 * Whether something the client has asked is not done. One that has ended its half
	 * waits for answers only. Any thread.
	 */
	boolean isAwaited() {
		Session open = this.session;
		boolean answersOnly = this.inputEnded && !this.intake.isDraining();
		return (answersOnly && open != null) ? open.work().owesAnswers() : backlog() > 0;
	}

	/** Takes bytes, unless they wait. Returns why the connection ends, or null. */
	@Nullable CloseReason receive(ByteBuf in) {
		if (!this.resuming) {
			this.liveness.received();
		}
		long now = this.intake.nanoTime();
		this.wire.loop().reading(now);
		try {
			if (!this.closed && !this.paused) {
				read(in, now);
			}
			return null;
		}
		catch (ProtocolException ex) {
			return CloseReason.PROTOCOL_ERROR.saying("protocol error: " + ex.getMessage());
		}
		catch (TooManyRequestsException ex) {
			return CloseReason.TOO_MANY_REQUESTS;
		}
		catch (RuntimeException ex) {
			log.error("A connection failed and is closed: {}",
					new LoggedClient(this.session, this.wire.remoteAddress(), this.wire.transport()), ex);
			return CloseReason.SERVER_ERROR;
		}
	}

	private void read(ByteBuf in, long nowNanos) {
		int start = in.readerIndex();
		this.protocol.receive(in);
		if (in.isReadable() && !this.paused && !this.inputEnded) {
			this.liveness.awaitPacket(this.protocol.announcedLength(in), in.readerIndex() != start, nowNanos);
		}
		else {
			this.liveness.awaitNothing();
		}
	}

	/**
	 * Why the connection ends, if the client has had enough time. One that is not read
	 * from because the server is behind is not idle.
	 */
	@Nullable CloseReason overdue(long nowNanos) {
		if (this.inflatesTooFast) {
			run();
		}
		boolean alive = this.paused && !this.inflatesTooFast && this.wire.isWritable() && !this.inputEnded;
		CloseReason reason = this.liveness.overdue(this.intake.settings(), nowNanos, this.opened, alive,
				this.protocol.sendsHeartbeats() ? null : this.wire);
		if (reason != null && this.inputEnded) {
			this.wire.abort(); // It hung up: what it has sent is still handled.
			return null;
		}
		return reason;
	}

	/** Any thread. */
	boolean isPaused() {
		return this.paused;
	}

	/**
	 * Whether it takes no bytes now, and will when the session has done more. What
	 * exceeds the inflation rate is dropped when the client has gone.
	 */
	public boolean isWaiting() {
		return this.opened && !this.closed && this.paused && !this.inflatesTooFast;
	}

	/**
	 * Whether the packet behind the present one is read now. Asked behind each packet.
	 * @return false when it, and what follows, is to stay unread
	 */
	public boolean readsOn() {
		if (this.closed) {
			return false;
		}
		if (!mustWait()) {
			return true;
		}
		this.paused = true;
		// The session may have caught up before it could see that we pause.
		if (!mustWait()) {
			this.paused = false;
			return true;
		}
		this.intake.backlog().paused(this.session);
		this.wire.pause();
		return false;
	}

	private boolean mustWait() {
		return this.deciding || this.intake.backlog().isFull(this.session) || !this.wire.isWritable();
	}

	/** Any thread. */
	void resumeSoon() {
		if (this.paused) {
			this.wire.loop().enqueue(this);
		}
	}

	/** Lets a paused client be read from, if it need not wait any more. */
	@Override
	public void run() {
		if (!this.paused || this.closed || this.deciding || !this.wire.isWritable()
				|| !this.intake.backlog().hasRoom(this.session)) {
			return;
		}
		this.paused = false;
		this.inflatesTooFast = false;
		this.resuming = true;
		try {
			this.wire.resume();
		}
		finally {
			this.resuming = false;
		}
	}

	/**
	 * Whether a message is read. If not, it was answered, if an answer is expected.
	 * @param type what it is for
	 * @param id of a request, 0 when no answer is expected
	 * @param route whom it is for
	 * @param length of its body as it came, in bytes
	 * @return true when {@link #received} awaits it
	 */
	public boolean admits(MessageType type, long id, String route, int length) {
		return this.session != null
				&& this.intake.admits(this.wire.loop(), this.session, this.allowance, type, id, route, length);
	}

	/** A message was read that was {@link #admits admitted}. */
	public void received(Message message) {
		if (this.session != null) {
			this.intake.receive(this.session, message, this.wire.loop().readNanos());
		}
	}

	/**
	 * Whether a compressed body may be inflated now: a loop inflates only so much a turn,
	 * and a client only so much a second.
	 * @return false when its message, and what follows, is to stay unread
	 */
	public boolean mayInflate() {
		InflationTurns turns = this.wire.loop().inflation();
		if (this.inflationRate != null && this.inflationRate.isExceeded(this.intake.nanoTime())) {
			this.inflatesTooFast = true;
		}
		else if (turns.isOver(this.intake.settings().packets().maxInflatedLength())) {
			turns.await(this);
		}
		else {
			return true;
		}
		this.paused = true;
		this.wire.pause();
		return false;
	}

	/** Counts the bytes that a body became, also when they were too many. */
	public void inflated(int bytes) {
		this.inflationRate = this.intake.inflated(this.wire.loop(), this.inflationRate, bytes);
	}

}
