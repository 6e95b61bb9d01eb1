package io.nanogame.connection;

import java.util.Map;

import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeReply.State;
import io.nanogame.resume.KeptPacket;
import io.nanogame.resume.ResumableSessions;
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

	private static final long NOT_DETACHED = 0;

	private final ClientConnection connection;

	private final Session session;

	private final String protocol;

	private final Map<Long, Resumption> all;

	private final ResumableSessions shared;

	private final ResumeTokens tokens;

	private final SentPackets sent;

	/** The number of DATA packets that were received. */
	private long received;

	/** The ticket of a session without a connection. */
	private long ticket = NOT_DETACHED;

	private long detachedNanos;

	/** Why the last socket was cut; null while there is one. */
	private @Nullable CloseReason cut;

	/** The number of packets that were sent before the cut. */
	private long sentBefore;

	/** Whether packets were dropped that the client cannot have received. */
	private boolean overflowed;

	/** The claim of the socket that may take over the session; null for none. */
	private @Nullable ResumeClaim claimant;

	Resumption(ClientConnection connection, Session session, String protocol, TransportContext context) {
		this.connection = connection;
		this.session = session;
		this.protocol = protocol;
		this.all = context.resumptions;
		this.shared = context.resumable;
		this.tokens = this.shared.tokens(session.id());
		this.sent = this.shared.packets();
	}

	/** Lets claims find the session. */
	void begin() {
		this.all.put(this.session.id(), this);
	}

	/** Returns the connection of the session. */
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
		return new ResumeReply(this.tokens.renew().text(), windowSeconds(), state, 0, (lost != null) ? lost.code() : "",
				(lost != null) ? lost.message() : "");
	}

	private int windowSeconds() {
		return (int) this.shared.settings().window().toSeconds();
	}

	/** Called when the client has received the first token, and the session opens. */
	void opened() {
		this.tokens.prove();
	}

	// Packets

	/** Keeps a packet that is sent. */
	void sent(KeptPacket packet) {
		if (this.overflowed) {
			return;
		}
		if (!this.sent.add(packet) && isDetached() && !this.sent.hasAllAfter(this.sentBefore)) {
			overflow();
		}
		else if (isDetached()) {
			this.shared.limit();
		}
	}

	/** Keeps no packets any more, because there are too many for a client to resume. */
	void overflow() {
		if (!this.overflowed) {
			this.overflowed = true;
			this.sent.clear();
			this.shared.overflowed();
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

	// Detached

	/** Returns whether the session has no connection. */
	boolean isDetached() {
		return this.ticket != NOT_DETACHED;
	}

	/** Closes the socket, whose end is reported later. */
	void cut(CloseReason reason) {
		this.cut = reason;
		this.connection.wire().abort();
	}

	/**
	 * Returns why the socket was closed, which is known better if this side has cut it.
	 */
	CloseReason cutReason(CloseReason reported) {
		CloseReason first = (this.cut != null) ? this.cut : reported;
		this.cut = first;
		return first;
	}

	/** Called when the socket is closed. */
	void detached(long nowNanos) {
		this.detachedNanos = nowNanos;
		this.sentBefore = this.sent.count();
		this.ticket = this.shared.detached(this.session);
		replyWhenCut();
	}

	/** Closes the session when its client has not returned in time. */
	void expire(long nowNanos) {
		if (nowNanos - this.detachedNanos > this.shared.settings().window().toNanos()) {
			this.session.close(cutReason(CloseReason.CLIENT_CLOSED));
		}
	}

	/** Called when the connection has ended for ever. */
	void ended(CloseReason reason) {
		this.all.remove(this.session.id());
		this.shared.attached(this.ticket);
		this.ticket = NOT_DETACHED;
		this.sent.clear();
		this.overflowed = true;
		if (!reason.isByClient()) {
			this.shared.ended(this.session.id(), this.tokens, reason);
		}
		refuse(reason);
	}

	// Claims

	/**
	 * Decides whether a client may continue the session. The former socket is closed
	 * before the reply, so that the number of received packets in it is final.
	 * @param by the claim of a socket, perhaps of another loop
	 * @param token its token
	 */
	void claim(ResumeClaim by, ResumeToken token) {
		if (!this.session.isOpen() || !this.tokens.matches(token)) {
			by.lost(this.shared.endOf(token));
		}
		else if (SessionHandle.of(this.session).login().isCandidate()) {
			// Nothing has happened in the session, and its socket must not open it now.
			this.connection.end(CloseReason.RESUMED_ELSEWHERE);
			by.lost(null);
		}
		else if (!by.protocol().equals(this.protocol) || this.overflowed || !this.sent.hasAllAfter(by.received())) {
			cut();
			by.lost(null);
		}
		else if (confirms(by)) {
			refuse(CloseReason.RESUMED_ELSEWHERE);
			this.claimant = by;
			cut();
			replyWhenCut();
		}
	}

	private boolean confirms(ResumeClaim by) {
		try {
			this.sent.confirm(by.received());
			return true;
		}
		catch (ProtocolException ex) {
			CloseReason reason = CloseReason.PROTOCOL_ERROR.withMessage("protocol error: " + ex.getMessage());
			this.session.close(reason);
			by.lost(reason);
			return false;
		}
	}

	private void cut() {
		if (!isDetached()) {
			cut(CloseReason.RESUMED_ELSEWHERE);
		}
	}

	private void replyWhenCut() {
		ResumeClaim accepted = this.claimant;
		if (accepted == null || !isDetached()) {
			return;
		}
		// The client must not be rejected after this reply because the window is over.
		this.detachedNanos = this.connection.nanoTime();
		accepted.accept(ResumeReply.of(this.tokens.renew().text(), windowSeconds(), State.RESUMED, this.received),
				this.session.payloads());
	}

	/**
	 * Continues the session with a socket whose client has received the reply.
	 * @param by the claim of the socket
	 * @param wire the wire to the socket
	 */
	void attach(ResumeClaim by, RelayWire wire) {
		if (this.claimant != by || !this.session.isOpen()) {
			CloseReason closed = this.session.closeReason();
			by.refuse((closed != null) ? closed : CloseReason.RESUMED_ELSEWHERE);
			return;
		}
		this.claimant = null;
		this.cut = null;
		this.tokens.prove();
		this.shared.attached(this.ticket);
		this.ticket = NOT_DETACHED;
		this.connection.attach(wire);
		this.sent.forEach(wire::append);
		wire.flush();
		this.connection.writable();
	}

	private void refuse(CloseReason reason) {
		ResumeClaim waiting = this.claimant;
		this.claimant = null;
		if (waiting != null) {
			waiting.refuse(reason);
		}
	}

}
