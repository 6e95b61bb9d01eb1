package io.nanogame.connection;

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
final class ResumeClaim {

	private static final Logger log = LoggerFactory.getLogger(ResumeClaim.class);

	/** Clients keep the token, and try again after a while. */
	private static final int BUSY = 503;

	private final ClientConnection socket;

	private final String protocol;

	private final long received;

	private final @Nullable ResumeToken token;

	private final Introduction introduction;

	private final ResumeDecision decision;

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

	/** Returns the name of its protocol. Thread-safe. */
	String protocol() {
		return this.protocol;
	}

	/** Returns the number of DATA packets that the client has received. Thread-safe. */
	long received() {
		return this.received;
	}

	/** Looks for the session, and lets its loop decide. */
	void submit(TransportContext context) {
		ResumeToken proof = this.token;
		this.socket.gate().hold(true);
		Resumption found = (proof != null) ? context.resumptions.get(proof.session()) : null;
		if (proof == null || found == null) {
			CloseReason reason = (proof != null) ? context.resumable.endOf(proof) : null;
			if (reason == null) {
				context.resumable.add(ResumeOutcome.UNKNOWN_TOKEN);
			}
			lost(reason);
			return;
		}
		this.session = found;
		claim(found, proof);
	}

	/** The session moves to another loop if its client continues another session. */
	private void claim(Resumption found, ResumeToken proof) {
		OutputLoop loop = found.connection().loop();
		loop.enqueue(() -> {
			if (found.connection().loop() == loop) {
				found.claim(this, proof);
			}
			else {
				claim(found, proof);
			}
		});
	}

	/** Rejects the claim. Thread-safe. */
	void lost(@Nullable CloseReason reason) {
		decide(() -> {
			// The new session must not refer to the former one.
			this.session = null;
			this.decision.lost(reason);
		});
	}

	/** Accepts the claim. Thread-safe. */
	void accept(ResumeReply reply, Payloads payloads) {
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

	/**
	 * Asks the listeners whether the client may continue a session: on a worker, and only
	 * if one of them decides about that. Called on the loop of the session.
	 * @param permitted called on that loop if none rejects the client
	 */
	void ask(SessionRegistry registry, Resumption of, Session asked, Runnable permitted) {
		Detachment claims = of.detachment;
		boolean isReported = registry.hasListeners();
		if (isReported && !claims.beginClaim(of.connection().nanoTime())) {
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
			of.connection().loop().enqueue(permitted);
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

	/** Ends the socket, because its client cannot continue the session. Thread-safe. */
	void refuse(CloseReason reason) {
		this.socket.loop().enqueue(() -> this.socket.end(reason));
	}

	/** Continues the session with this socket. */
	void takeOver() {
		Resumption target = this.session;
		if (target != null) {
			this.socket.takeUpgrade();
			this.socket.gate().relay();
			RelayWire wire = new RelayWire(target.connection(), this.socket);
			this.socket.relay = wire;
			wire.toSession(() -> target.attach(this, wire));
		}
	}

}
