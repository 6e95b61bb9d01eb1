package io.nanogame.pomelo;

import java.util.function.LongSupplier;

import io.nanogame.connection.Validations;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.ClientText;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.LoginRefusedException;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts clients, or refuses them. Without validators that is decided on the event loop;
 * with some, on a worker, and the connection waits.
 */
final class Handshakes {

	private static final CloseReason BUSY = CloseReason.TOO_MANY_CONNECTIONS.saying("too many logins at once");

	private static final Logger log = LoggerFactory.getLogger(Handshakes.class);

	private final Sessions sessions;

	private final Validations validations;

	private final HandshakeAnswers answers;

	private final LongSupplier nanoTime;

	Handshakes(Sessions sessions, Validations validations, HandshakeAnswers answers, LongSupplier nanoTime) {
		this.sessions = sessions;
		this.validations = validations;
		this.answers = answers;
		this.nanoTime = nanoTime;
	}

	/** Loop. */
	void begin(PomeloConnection connection, byte[] body) {
		HandshakeRequest request;
		try {
			request = HandshakeRequest.parse(body);
		}
		catch (ProtocolException ex) {
			refuse(connection, ClientInfo.UNKNOWN, HandshakeRefusedException.REFUSED, ex.getMessage());
			return;
		}
		Session candidate = this.sessions.create(connection.connection(), request);
		connection.introduce(candidate);
		if (this.validations.isEmpty()) {
			connection.accept(this.answers.accepted(request.client(), null), null);
			return;
		}
		connection.validating();
		Handshake handshake = new Handshake(candidate);
		this.validations.submit(handshake, new Verdict(connection, handshake));
	}

	/** Loop. Answers a client that asks once more, unless it did so lately. */
	void repeat(PomeloConnection connection, ClientInfo client, HandshakeReply reply) {
		if (reply.mayRepeat(this.nanoTime.getAsLong(), this.answers.heartbeatNanos())) {
			connection.append(this.answers.accepted(client, reply.user()));
		}
	}

	/**
	 * Any thread. Lets the client in, unless another session holds the uid it was bound
	 * to.
	 */
	private void decide(PomeloConnection connection, Session candidate, Runnable accept) {
		this.sessions.logins().isRefused(candidate).whenComplete((refused, failure) -> connection.decide(() -> {
			if (Boolean.TRUE.equals(refused)) {
				refuse(connection, candidate.handshake().client(), HandshakeRefusedException.REFUSED,
						CloseReason.ALREADY_LOGGED_IN.words());
			}
			else {
				accept.run();
			}
		}));
	}

	/** Loop. */
	private void refuse(PomeloConnection connection, ClientInfo client, int code, @Nullable String message) {
		String sent = (message != null) ? message : CloseReason.HANDSHAKE_REFUSED.words();
		connection.refuse(this.answers.refused(client, code, sent), sent);
	}

	/** What the validators make of a client. Any thread. */
	private final class Verdict implements Validations.Verdict {

		private final PomeloConnection connection;

		private final Handshake handshake;

		Verdict(PomeloConnection connection, Handshake handshake) {
			this.connection = connection;
			this.handshake = handshake;
		}

		@Override
		public void valid() {
			byte[] user = Handshakes.this.answers.userPart(this.handshake.answer());
			byte[] answer = Handshakes.this.answers.accepted(this.handshake.request().client(), user);
			decide(this.connection, this.handshake.session(), () -> this.connection.accept(answer, user));
		}

		@Override
		public void invalid(Throwable reason) {
			if (reason instanceof HandshakeRefusedException refusal) {
				refuseWith(refusal.code(), refusal.getMessage());
			}
			else if (reason instanceof LoginRefusedException) {
				refuseWith(HandshakeRefusedException.REFUSED, reason.getMessage());
			}
			else if (reason instanceof ProtocolException) {
				Throwable cause = (reason.getCause() != null) ? reason.getCause() : reason;
				log.debug("The user part of a handshake is not of the type that a validator reads: {}",
						ClientText.printable(cause.getMessage()));
				refuseWith(HandshakeRefusedException.REFUSED, reason.getMessage());
			}
			else {
				log.error("A handshake validator failed; the client is refused", reason);
				refuseWith(HandshakeRefusedException.REFUSED, null);
			}
		}

		@Override
		public void busy() {
			// No refusal, which clients take as final: they are to come back.
			this.connection.decide(() -> this.connection.connection().end(BUSY));
		}

		private void refuseWith(int code, @Nullable String message) {
			this.connection.decide(() -> refuse(this.connection, this.handshake.request().client(), code, message));
		}

	}

}
