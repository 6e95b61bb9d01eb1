package io.nanogame.connection;

import java.security.Principal;

import io.nanogame.observe.LoggedClient;
import io.nanogame.protocol.ClientText;
import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.Introduction;
import io.nanogame.session.LoginRefusedException;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.UpgradeRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits clients of all protocols, or rejects them. No other code opens a session.
 * Without validators it decides on the loop. With validators a worker decides, and the
 * client is not read from until then.
 */
final class Admissions {

	private static final CloseReason BUSY = CloseReason.TOO_MANY_CONNECTIONS.withMessage("too many logins at once");

	private static final Logger log = LoggerFactory.getLogger(Admissions.class);

	private final SessionRegistry registry;

	private final Validations validations;

	Admissions(SessionRegistry registry, Validations validations) {
		this.registry = registry;
		this.validations = validations;
	}

	/** Creates the session of a client that is not accepted yet. Confined to the loop. */
	Session candidate(ClientConnection connection, Introduction introduction, @Nullable Payloads payloads) {
		Session candidate = this.registry.create(connection, introduction,
				(payloads != null) ? payloads : this.registry.payloads());
		Principal known = connection.wire().principal();
		if (known != null) {
			SessionHandle.of(candidate).login().introduce(known);
		}
		return candidate;
	}

	/** Reports the decision, at once if there are no validators. Confined to the loop. */
	void decide(ClientConnection connection, Session candidate, Admission admission) {
		UpgradeRequest upgrade = connection.takeUpgrade();
		if (this.validations.isEmpty()) {
			SessionHandle.of(candidate).fixedPayloads();
			admission.accepted(null);
			return;
		}
		connection.gate().hold(true);
		Handshake handshake = new Handshake(candidate, upgrade);
		this.validations.submit(handshake, new Verdict(connection, handshake, admission));
	}

	/** Receives the decision of the validators about one client. Thread-safe. */
	private final class Verdict implements Validations.Verdict {

		private final ClientConnection connection;

		private final Handshake handshake;

		private final Admission admission;

		Verdict(ClientConnection connection, Handshake handshake, Admission admission) {
			this.connection = connection;
			this.handshake = handshake;
			this.admission = admission;
		}

		/** Admits the client, unless another session holds the uid it was bound to. */
		@Override
		public void valid() {
			// The reply names the serializer.
			SessionHandle.of(this.handshake.session()).fixedPayloads();
			Object answer = this.handshake.answer();
			byte[] user = (answer != null) ? HandshakeResponse.userPart(answer) : null;
			Admissions.this.registry.logins()
				.isRefused(this.handshake.session())
				.whenComplete((refused, failure) -> decide(() -> checked(refused, failure, user)));
		}

		/** Confined to the loop. */
		private void checked(@Nullable Boolean refused, @Nullable Throwable failure, byte @Nullable [] user) {
			if (failure != null || refused == null) {
				// Another session may hold the uid. As when busy, the client should
				// reconnect.
				log.debug("A login is rejected, because it is unknown whether the player is logged in: {} reason={}",
						client(), String.valueOf(failure));
				this.connection.end(CloseReason.LOGIN_UNCHECKED);
			}
			else if (refused) {
				refuse(HandshakeRefusedException.REFUSED, CloseReason.ALREADY_LOGGED_IN.message());
			}
			else {
				accept(user);
			}
		}

		/** Confined to the loop. */
		private void accept(byte @Nullable [] user) {
			try {
				this.admission.accepted(user);
			}
			catch (ProtocolException ex) {
				log.error("The data of a handshake validator cannot be sent; the client is rejected: {}", client(), ex);
				refuse(HandshakeRefusedException.REFUSED, null);
			}
		}

		@Override
		public void invalid(Throwable reason) {
			if (reason instanceof HandshakeRefusedException refusal) {
				refuseSoon(refusal.code(), refusal.getMessage());
			}
			else if (reason instanceof LoginRefusedException) {
				refuseSoon(HandshakeRefusedException.REFUSED, reason.getMessage());
			}
			else if (reason instanceof ProtocolException) {
				Throwable cause = (reason.getCause() != null) ? reason.getCause() : reason;
				log.debug("The user part of a handshake is not of the type that a validator reads: {} reason={}",
						client(), ClientText.printable(cause.getMessage()));
				refuseSoon(HandshakeRefusedException.REFUSED, reason.getMessage());
			}
			else {
				log.error("A handshake validator failed; the client is rejected: {}", client(), reason);
				refuseSoon(HandshakeRefusedException.REFUSED, null);
			}
		}

		@Override
		public void busy() {
			// A rejection would be final for clients, but these should reconnect.
			decide(() -> this.connection.end(BUSY));
		}

		private LoggedClient client() {
			return LoggedClient.of(this.handshake.session());
		}

		private void refuseSoon(int code, @Nullable String message) {
			decide(() -> refuse(code, message));
		}

		/** Confined to the loop. */
		private void refuse(int code, @Nullable String message) {
			String sent = (message != null) ? message : CloseReason.HANDSHAKE_REFUSED.message();
			this.admission.refused(code, sent);
			this.connection.end(CloseReason.HANDSHAKE_REFUSED.withMessage(sent));
		}

		/** Runs the decision on the loop, unless the connection has ended. */
		private void decide(Runnable decision) {
			this.connection.outbound().enqueue(() -> {
				if (!this.connection.isEnding()) {
					this.connection.gate().hold(false);
					decision.run();
					this.connection.resume();
				}
			});
		}

	}

}
