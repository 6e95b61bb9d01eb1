package io.nanogame.connection;

import java.util.Objects;

import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeReply.State;
import io.nanogame.resume.KeptPacket;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.resume.ResumeState;
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
	final String protocol;

	final TransportContext context;

	final ResumeTokens tokens;

	final SentPackets sent;

	final Detachment detachment;

	/** The number of DATA packets that were received. */
	private long received;

	/** Null unless the session is leaving; has no effect if it has left. */
	@Nullable Runnable departure;

	/** The accepted claim of the client that continues the session; null for none. */
	@Nullable Claim claim;

	/**
	 * Creates the state of a session.
	 * @param state its state on another server; null for a new session
	 */
	Resumption(ClientConnection connection, Session session, String protocol, TransportContext context,
			@Nullable ResumeState state) {
		this.id = (state != null && state.canResume()) ? state.id() : session.id();
		this.connection = connection;
		this.session = session;
		this.protocol = protocol;
		this.context = context;
		this.tokens = (state != null) ? context.resumable.tokens(this.id, state) : context.resumable.tokens(this.id);
		this.sent = (state != null) ? context.resumable.packets(state) : context.resumable.packets();
		this.received = (state != null) ? state.received() : 0;
		this.detachment = new Detachment(context.resumable);
	}

	/** Lets claims find the session. */
	void begin() {
		this.context.resumptions.put(this.id, this);
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
		if (this.claim != null && isDetached()) {
			this.claim.reply();
		}
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
		if ((isCurrent() || this.detachment.hasLeft()) && !reason.isByClient()) {
			this.context.resumable.ended(this.id, this.tokens, reason);
		}
		this.context.resumptions.remove(this.id, this);
		refuse(reason);
		this.sent.restart();
	}

	/**
	 * Decides whether a client may continue the session. Thread-safe.
	 * @param by the claim of a socket, perhaps of another loop
	 * @param token its token
	 */
	void claim(Claimant by, ResumeToken token) {
		execute(new Claim(this, by, token)::decide);
	}

	/**
	 * Runs a task on the loop of the session, which changes if its client continues
	 * another one. Thread-safe.
	 */
	void execute(Runnable task) {
		OutputLoop loop = this.connection.loop();
		loop.enqueue(() -> {
			if (this.connection.loop() == loop) {
				task.run();
			}
			else {
				execute(task);
			}
		});
	}

	/** Accepts a claim instead of an earlier one. */
	void accept(Claim next) {
		refuse(CloseReason.RESUMED_ELSEWHERE);
		this.claim = next;
	}

	/** The accepted claim succeeds, or is lost. */
	void endClaim() {
		this.claim = null;
	}

	/** Creates the reply to the client of an accepted claim. */
	ResumeReply resumed() {
		return ResumeReply.of(this.tokens.renew().text(), this.context.resumable.settings().windowSeconds(),
				State.RESUMED, this.received);
	}

	boolean isClaimedBy(Claimant by) {
		return this.claim != null && this.claim.isBy(by) && this.session.isOpen();
	}

	/** Returns whether claims find this state of the session. */
	boolean isCurrent() {
		return this.context.resumptions.get(this.id) == this;
	}

	/** Returns whether nothing of the session is under way. */
	boolean isQuiet() {
		return isDetached() && SessionHandle.of(this.session).queue().isIdle();
	}

	/** Continues a session of another server, whose client has no connection yet. */
	void restored(long sinceNanos) {
		if (!this.protocol.isEmpty()) {
			begin();
		}
		this.detachment.begin(this.session, sinceNanos, true);
	}

	/**
	 * Ends a claim, whose owner may continue the session instead of this server.
	 * @return false if it is not accepted any more, or the client has missed too much
	 */
	boolean endClaim(RemoteClaim by) {
		Claim accepted = isClaimedBy(by) ? this.claim : null;
		if (accepted != null) {
			endClaim();
		}
		return accepted != null && accepted.isComplete();
	}

	/** No claim is accepted any more, because another server continues the session. */
	void leave() {
		this.context.resumptions.remove(this.id, this);
	}

	/**
	 * Continues the session with a socket whose client has received the reply.
	 * @param by the claim of the socket
	 * @param wire the wire to the socket
	 */
	void attach(ResumeClaim by, RelayWire wire) {
		if (this.claim != null && isClaimedBy(by)) {
			this.claim.attach(wire);
		}
		else {
			by.refuse(Objects.requireNonNullElse(this.session.closeReason(), CloseReason.RESUMED_ELSEWHERE));
		}
	}

	void refuse(CloseReason reason) {
		Claim refused = this.claim;
		endClaim();
		if (refused != null) {
			refused.refuse(reason);
		}
	}

}
