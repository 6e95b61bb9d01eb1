package io.nanogame.connection;

import java.util.Objects;

import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeReply.State;
import io.nanogame.resume.KeptPacket;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.resume.ResumeToken;
import io.nanogame.resume.ResumeTokens;
import io.nanogame.resume.SentPackets;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;

/**
 * How one session outlives its sockets: what it has sent and received, and which socket
 * may continue it. Confined to the loop of the session.
 *
 * <pre>
 * attached --cut--&gt; detached --valid token--&gt; claimed --acknowledged--&gt; attached
 * </pre>
 */
public final class Resumption {

	/** The id of the session for which the tokens were created. */
	private final long id;

	/** Changed by a {@link Takeover}, with the session. */
	volatile ClientConnection connection;

	Session session;

	/** Empty if the client cannot resume. */
	private final String protocol;

	private final TransportContext context;

	private final ResumeTokens tokens;

	final SentPackets sent;

	final Detachment detachment;

	/** The number of DATA packets that were received. */
	private long received;

	/** The claim of the socket that may take over the session; null for none. */
	private @Nullable ResumeClaim claimant;

	Resumption(ClientConnection connection, Session session, String protocol, TransportContext context) {
		this.id = session.id();
		this.connection = connection;
		this.session = session;
		this.protocol = protocol;
		this.context = context;
		this.tokens = context.resumable.tokens(this.id);
		this.sent = context.resumable.packets();
		this.detachment = new Detachment(context.resumable);
	}

	/** Lets claims find the session. */
	void begin() {
		this.context.resumptions.put(this.id, this);
	}

	ClientConnection connection() {
		return this.connection;
	}

	/**
	 * Creates the reply to the client of the new session.
	 * @param state whether the client has lost another session
	 * @param lost why that was closed, or null
	 * @return the reply
	 */
	public ResumeReply reply(State state, @Nullable CloseReason lost) {
		return new ResumeReply(this.tokens.renew().text(), this.context.resumable.settings().windowSeconds(), state, 0,
				(lost != null) ? lost.code() : "", (lost != null) ? lost.message() : "");
	}

	/** Called when the session opens: the client has received the first token. */
	void opened() {
		this.tokens.prove();
	}

	/** Keeps a packet that is sent. */
	void sent(KeptPacket packet) {
		boolean detached = isDetached();
		if (!this.sent.add(packet, detached)) {
			overflow();
		}
		else if (detached) {
			this.context.resumable.limit();
		}
	}

	/** Keeps no packets any more, because there are too many for a client to resume. */
	void overflow() {
		if (this.sent.overflow()) {
			this.detachment.lost(ResumeOutcome.OVERFLOW);
		}
	}

	/** Counts a received DATA packet. */
	public void received() {
		this.received++;
	}

	/**
	 * Returns the number of DATA packets that were received in the session.
	 * @return the number of the last packet
	 */
	public long receivedCount() {
		return this.received;
	}

	/**
	 * Handles a heartbeat of the client.
	 * @param count the number of DATA packets that the client has received
	 * @throws ProtocolException when that is impossible
	 */
	public void acknowledged(long count) {
		this.sent.confirm(count);
		this.connection.gate().rates().caughtUp();
	}

	long keptBytes() {
		return this.sent.bytes();
	}

	/** Returns whether the session has no connection. */
	boolean isDetached() {
		return this.detachment.isPresent();
	}

	/** Closes the socket, whose end is reported later. */
	void cut(CloseReason reason) {
		this.detachment.cutBy(reason);
		this.connection.wire().abort();
	}

	/** Returns why the socket was closed, which this side knows if it has cut it. */
	CloseReason cutReason(CloseReason reported) {
		return this.detachment.reason(reported);
	}

	/** Called when the socket is closed. */
	void detached(long nowNanos) {
		this.sent.cut();
		this.detachment.begin(this.session, nowNanos, this.connection.arriving == null);
		replyWhenCut();
	}

	/** Called by the sweep: closes the session when its window is over. */
	void expire(long nowNanos) {
		this.context.resumable.limit();
		if (this.detachment.isWindowOver(nowNanos) && SessionHandle.own(this.session).login().beginEnd()) {
			this.detachment.lost(ResumeOutcome.WINDOW_OVER);
			this.session.close(cutReason(CloseReason.CLIENT_CLOSED));
		}
	}

	/** Called when the connection has ended for ever. */
	void ended(CloseReason reason) {
		withdraw(reason);
		this.detachment.closed(reason);
		this.sent.overflow();
		this.context.resumable.released(this.session);
	}

	/** From now on, no token is valid, and pushes are kept for another client. */
	void withdraw(CloseReason reason) {
		if (this.context.resumptions.get(this.id) == this && !reason.isByClient()) {
			this.context.resumable.ended(this.id, this.tokens, reason);
		}
		this.context.resumptions.remove(this.id, this);
		refuse(reason);
		this.sent.restart();
	}

	/**
	 * Decides whether a client may continue the session, perhaps after the listeners.
	 * @param by the claim of a socket, perhaps of another loop
	 * @param token its token
	 */
	void claim(ResumeClaim by, ResumeToken token) {
		if (!isRejected(by, token)) {
			by.ask(this.context.registry, this, this.session, () -> {
				if (!isRejected(by, token)) {
					accept(by, token);
				}
			});
		}
	}

	private boolean isRejected(ResumeClaim by, ResumeToken token) {
		CloseReason closed = this.session.closeReason();
		if (closed != null) {
			by.lost((this.tokens.matches(token) && !closed.isByClient()) ? closed : null);
		}
		else if (!this.tokens.matches(token) || this.context.resumptions.get(this.id) != this) {
			this.context.resumable.add(ResumeOutcome.UNKNOWN_TOKEN);
			by.lost(null);
		}
		else if (SessionHandle.of(this.session).login().isCandidate()) {
			// Nothing has happened in the session, and its socket must not open it now.
			this.connection.end(CloseReason.RESUMED_ELSEWHERE);
			by.lost(null);
		}
		else if (!by.protocol().equals(this.protocol) || !this.sent.hasAllAfter(by.received())) {
			if (by.protocol().equals(this.protocol)) {
				this.detachment.lost(ResumeOutcome.OVERFLOW);
			}
			if (this.context.registry.logins().refusesSecond()) {
				// Or its uid would lock out its own client until the window ends.
				this.session.close(CloseReason.SESSION_LOST);
			}
			else if (!isDetached()) {
				cut(CloseReason.RESUMED_ELSEWHERE);
			}
			by.lost(null);
		}
		else {
			return false;
		}
		return true;
	}

	/** Closes the former socket before the reply, whose count is final then. */
	private void accept(ResumeClaim by, ResumeToken token) {
		this.tokens.claimed(token);
		refuse(CloseReason.RESUMED_ELSEWHERE);
		this.claimant = by;
		if (isDetached()) {
			replyWhenCut();
		}
		else {
			// Replies when the socket has ended, perhaps before this returns.
			cut(CloseReason.RESUMED_ELSEWHERE);
		}
	}

	private void replyWhenCut() {
		ResumeClaim accepted = this.claimant;
		if (accepted == null || !isDetached()) {
			return;
		}
		try {
			// Not before: the former socket may have had older confirmations.
			this.sent.confirm(accepted.received());
		}
		catch (ProtocolException ex) {
			this.claimant = null;
			this.session.close(CloseReason.PROTOCOL_ERROR.withMessage("protocol error: " + ex.getMessage()));
			accepted.lost(this.session.closeReason());
			return;
		}
		// The client must not be rejected after this reply because the window is over.
		this.detachment.restartWindow(this.connection.nanoTime());
		accepted.accept(ResumeReply.of(this.tokens.renew().text(), this.context.resumable.settings().windowSeconds(),
				State.RESUMED, this.received), this.session.payloads());
	}

	/**
	 * Continues the session with a socket whose client has received the reply.
	 * @param by the claim of the socket
	 * @param wire the wire to the socket
	 */
	void attach(ResumeClaim by, RelayWire wire) {
		if (this.claimant != by || !this.session.isOpen()) {
			by.refuse(Objects.requireNonNullElse(this.session.closeReason(), CloseReason.RESUMED_ELSEWHERE));
			return;
		}
		if (!this.sent.hasAllAfter(by.received())) {
			// Since the reply. The next handshake reports that.
			refuse(CloseReason.SESSION_LOST);
			return;
		}
		this.claimant = null;
		this.tokens.prove();
		long away = this.detachment.resumed(this.connection.nanoTime());
		this.connection.attach(wire, away, this.sent.keptCount());
		this.sent.forEach((packet) -> this.connection.protocol.appendKept(wire, packet));
		wire.flush();
		this.connection.writable();
	}

	void refuse(CloseReason reason) {
		ResumeClaim waiting = this.claimant;
		this.claimant = null;
		if (waiting != null) {
			waiting.refuse(reason);
		}
	}

}
