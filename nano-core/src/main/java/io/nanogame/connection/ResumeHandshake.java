package io.nanogame.connection;

import java.time.Duration;

import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeReply.State;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Introduction;
import org.jspecify.annotations.Nullable;

/**
 * The handshake of a client that can resume its session: it continues the former one, or
 * is introduced for a new one. Confined to the loop.
 */
public final class ResumeHandshake implements ResumeDecision, Admission {

	private final ClientConnection connection;

	private final String protocol;

	private final Introduction introduction;

	private final @Nullable Payloads payloads;

	private final ResumableAdmission admission;

	private State state = State.NEW;

	/** Why the former session was closed, or null. */
	private @Nullable CloseReason lost;

	/**
	 * Creates the handshake of one client.
	 * @param connection the connection of the client
	 * @param protocol the name of its protocol, by which a session is resumed only if it
	 * has begun by it
	 * @param introduction the client's description of itself
	 * @param payloads the payloads of the {@link Protocol}; null for the server's
	 * @param admission receives the decision
	 */
	public ResumeHandshake(ClientConnection connection, String protocol, Introduction introduction,
			@Nullable Payloads payloads, ResumableAdmission admission) {
		this.connection = connection;
		this.protocol = protocol;
		this.introduction = introduction;
		this.payloads = payloads;
		this.admission = admission;
	}

	/**
	 * Submits the client, and reads nothing until it is decided about it. Once.
	 * @param request what the client has sent
	 */
	public void begin(ResumeRequest request) {
		if (this.connection.refusesClients()) {
			unavailable(SessionPull.RETRY);
		}
		else if (request.isResume()) {
			this.connection.resume(request, this.introduction, this.protocol, this);
		}
		else {
			introduce();
		}
	}

	private void introduce() {
		this.connection.introduce(this.introduction, this.payloads, this);
	}

	@Override
	public void mayResume(ResumeReply reply, Payloads ofSession) {
		this.admission.mayResume(reply, ofSession);
	}

	@Override
	public void lost(@Nullable CloseReason reason) {
		this.state = State.LOST;
		this.lost = reason;
		introduce();
	}

	@Override
	public void accepted(byte @Nullable [] user) {
		Resumption kept = this.connection.keepWhenCut(this.protocol);
		this.admission.accepted(user, kept, kept.reply(this.state, this.lost));
	}

	@Override
	public void unavailable(Duration retry) {
		this.admission.unavailable(retry);
		this.connection.end(CloseReason.HANDSHAKE_REFUSED.withMessage("try again"));
	}

	@Override
	public void refused(int code, String message) {
		this.admission.refused(code, message);
	}

}
