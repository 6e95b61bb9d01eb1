package io.nanogame.transport;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.LoginRefusedException;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets clients in, or turns them away. Without validators that is decided on the event
 * loop; with some, on a worker, and the connection waits.
 */
final class Handshakes {

	private static final Logger log = LoggerFactory.getLogger(Handshakes.class);

	private final Sessions sessions;

	private final List<HandshakeValidator> validators;

	private final Executor workers;

	private final HandshakeAnswers answers;

	Handshakes(Sessions sessions, List<HandshakeValidator> validators, Executor workers, HandshakeAnswers answers) {
		this.sessions = sessions;
		this.validators = List.copyOf(validators);
		this.workers = workers;
		this.answers = answers;
	}

	/** Loop. */
	void begin(ClientConnection connection, byte[] body) {
		HandshakeRequest request;
		try {
			request = HandshakeRequest.parse(body);
		}
		catch (ProtocolException ex) {
			refuse(connection, ClientInfo.UNKNOWN, HandshakeRefusedException.REFUSED, ex.getMessage());
			return;
		}
		Session candidate = this.sessions.create(connection, request);
		connection.introduce(candidate);
		if (this.validators.isEmpty()) {
			connection.accept(answer(candidate, null), null);
			return;
		}
		connection.validating();
		try {
			this.workers.execute(() -> validate(connection, new Handshake(candidate)));
		}
		catch (RejectedExecutionException ex) {
			refuse(connection, request.client(), HandshakeRefusedException.REFUSED, "busy");
		}
	}

	/** Any thread. */
	byte[] answer(Session session, @Nullable Object user) {
		return this.answers.accepted(session.handshake().client(), user);
	}

	/** Worker. */
	private void validate(ClientConnection connection, Handshake handshake) {
		ClientInfo client = handshake.request().client();
		try {
			for (HandshakeValidator validator : this.validators) {
				validator.validate(handshake);
			}
			Object user = handshake.answer();
			byte[] answer = answer(handshake.session(), user);
			decide(connection, handshake.session(), () -> connection.accept(answer, user));
		}
		catch (HandshakeRefusedException ex) {
			connection.decide(() -> refuse(connection, client, ex.code(), ex.getMessage()));
		}
		catch (LoginRefusedException ex) {
			connection.decide(() -> refuse(connection, client, HandshakeRefusedException.REFUSED, ex.getMessage()));
		}
		catch (ProtocolException ex) {
			log.debug("A client does not say of itself what a validator asks for", ex);
			connection.decide(() -> refuse(connection, client, HandshakeRefusedException.REFUSED, ex.getMessage()));
		}
		catch (Throwable ex) {
			log.error("A handshake validator failed; the client is refused", ex);
			connection.decide(() -> refuse(connection, client, HandshakeRefusedException.REFUSED, null));
		}
	}

	/**
	 * Any thread. Lets the client in, unless another session holds the uid it was bound
	 * to.
	 */
	private void decide(ClientConnection connection, Session candidate, Runnable accept) {
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
	private void refuse(ClientConnection connection, ClientInfo client, int code, @Nullable String words) {
		String told = (words != null) ? words : CloseReason.HANDSHAKE_REFUSED.words();
		connection.refuse(this.answers.refused(client, code, told), told);
	}

}
