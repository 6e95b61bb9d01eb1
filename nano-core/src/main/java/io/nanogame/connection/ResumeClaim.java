package io.nanogame.connection;

import java.time.Duration;

import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.resume.ResumeToken;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.Introduction;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim of one socket to the former session of its client. If it succeeds, the socket
 * carries the bytes of that session. Confined to the loop of the socket, except where
 * stated.
 */
final class ResumeClaim implements Claimant {

	private static final Logger log = LoggerFactory.getLogger(ResumeClaim.class);

	/** Clients keep the token, and try again after a while. */
	private static final int BUSY = 503;

	private final ClientConnection socket;

	private final String protocol;

	private final long received;

	private final @Nullable ResumeToken token;

	private final Introduction introduction;

	private final ResumeDecision decision;

	/** Null until the other servers were queried. */
	private @Nullable ResumeQuery query;

	/** Null until the session was found. */
	private @Nullable Resumption session;

	ResumeClaim(ClientConnection socket, String protocol, ResumeRequest request, Introduction introduction,
			ResumeDecision decision) {
		this.socket = socket;
		this.protocol = protocol;
		this.received = request.received();
		this.token = ResumeToken.parse(request.token());
		this.introduction = introduction;
		this.decision = decision;
	}

	@Override
	public String protocol() {
		return this.protocol;
	}

	@Override
	public long received() {
		return this.received;
	}

	/** Looks for the session, and lets its loop decide. */
	void submit(TransportContext context) {
		ResumeToken proof = this.token;
		if (this.socket.isEnding()) {
			return;
		}
		this.socket.gate().hold(true);
		if (proof == null) {
			context.resumable.add(ResumeOutcome.UNKNOWN_TOKEN);
			lost(null);
			return;
		}
		Resumption found = context.resumptions.get(proof.session());
		CloseReason closed = (found == null) ? context.resumable.endOf(proof) : null;
		if (found != null) {
			this.session = found;
			found.claim(this, proof);
		}
		else if (closed != null) {
			lost(closed);
		}
		else if (this.query != null) {
			context.resumable.add(ResumeOutcome.UNKNOWN_TOKEN);
			lost(null);
		}
		else {
			query(context, proof);
		}
	}

	private void query(TransportContext context, ResumeToken proof) {
		ResumeQuery begun = ResumeQuery.begin(context, this, proof);
		if (begun == null) {
			unavailable(SessionPull.RETRY);
			return;
		}
		this.query = begun;
		context.remote().find(begun);
	}

	/** The socket has ended. */
	void ended() {
		if (this.query != null) {
			this.query.end();
		}
	}

	OutputLoop loop() {
		return this.socket.loop();
	}

	Wire wire() {
		return this.socket.wire();
	}

	/** It is unknown whether the client can continue the session. */
	void unavailable(Duration retry) {
		decide(() -> this.decision.unavailable(retry));
	}

	@Override
	public void lost(@Nullable CloseReason reason) {
		decide(() -> {
			// The new session must not refer to the former one.
			this.session = null;
			this.decision.lost(reason);
		});
	}

	/** Looks for the session at the other servers, once. */
	@Override
	public void moved() {
		this.socket.loop().enqueue(() -> {
			this.session = null;
			if (this.query != null) {
				unavailable(SessionPull.RETRY);
			}
			else {
				submit(this.socket.context);
			}
		});
	}

	@Override
	public void accept(Resumption of) {
		ResumeReply reply = of.resumed();
		Payloads payloads = of.session.payloads();
		decide(() -> this.decision.mayResume(reply, payloads));
	}

	private void decide(Runnable reported) {
		this.socket.loop().enqueue(() -> {
			if (!this.socket.isEnding()) {
				this.socket.gate().hold(false);
				reported.run();
				this.socket.resume();
			}
		});
	}

	/** On a worker, and only if one of them decides about that. */
	@Override
	public void ask(SessionRegistry registry, Resumption of, Session asked, Runnable permitted) {
		Detachment claims = of.detachment;
		boolean isReported = registry.hasListeners();
		if (isReported && !claims.beginClaim(of.connection.nanoTime())) {
			reject(BUSY, "too many resumes");
			return;
		}
		if (registry.decidesAboutResumes()) {
			registry.resuming(asked, this.introduction, (refusal) -> decided(of, asked, refusal, permitted));
		}
		else {
			permitted.run();
		}
		if (isReported) {
			asked.inOrder(claims::endClaim);
		}
	}

	private void decided(Resumption of, Session asked, @Nullable Throwable refusal, Runnable permitted) {
		if (refusal == null) {
			of.execute(permitted);
		}
		else if (refusal instanceof HandshakeRefusedException refused) {
			reject(refused.code(), refused.getMessage());
		}
		else {
			// With another code, clients would give the session up.
			log.error("A listener failed; the client must try to resume again: session={}", asked.id(), refusal);
			reject(BUSY, "try again later");
		}
	}

	private void reject(int code, @Nullable String message) {
		String sent = (message != null) ? message : CloseReason.HANDSHAKE_REFUSED.message();
		decide(() -> {
			this.decision.refused(code, sent);
			this.socket.end(CloseReason.HANDSHAKE_REFUSED.withMessage(sent));
		});
	}

	/** Ends the socket. */
	@Override
	public void refuse(CloseReason reason) {
		this.socket.loop().enqueue(() -> this.socket.end(reason));
	}

	/** Continues the session with this socket. */
	void takeOver() {
		Resumption target = this.session;
		if (target != null) {
			this.socket.takeUpgrade();
			this.socket.gate().relay();
			RelayWire wire = new RelayWire(target.connection, this.socket);
			this.socket.relay = wire;
			wire.toSession(() -> target.attach(this, wire));
		}
	}

}
