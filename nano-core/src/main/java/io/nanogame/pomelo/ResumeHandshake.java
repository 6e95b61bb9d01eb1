package io.nanogame.pomelo;

import java.time.Duration;

import io.nanogame.connection.Admission;
import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.ResumeDecision;
import io.nanogame.connection.Resumption;
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
final class ResumeHandshake implements ResumeDecision, Admission {

	private final PomeloConnection pomelo;

	private final ClientConnection connection;

	private final Introduction introduction;

	private State state = State.NEW;

	/** Why the former session was closed, or null. */
	private @Nullable CloseReason lost;

	ResumeHandshake(PomeloConnection pomelo, ClientConnection connection, Introduction introduction) {
		this.pomelo = pomelo;
		this.connection = connection;
		this.introduction = introduction;
	}

	void begin(ResumeRequest request) {
		if (request.isResume()) {
			this.connection.resume(request, this.introduction, PomeloProtocol.NAME, this);
		}
		else {
			this.connection.introduce(this.introduction, null, this);
		}
	}

	@Override
	public void mayResume(ResumeReply reply, Payloads payloads) {
		this.pomelo.mayResume(reply, payloads);
	}

	@Override
	public void lost(@Nullable CloseReason reason) {
		this.state = State.LOST;
		this.lost = reason;
		this.connection.introduce(this.introduction, null, this);
	}

	@Override
	public void accepted(byte @Nullable [] user) {
		Resumption kept = this.connection.keepWhenCut(PomeloProtocol.NAME);
		this.pomelo.accepted(user, kept, kept.reply(this.state, this.lost));
	}

	@Override
	public void refused(int code, String message) {
		this.pomelo.refused(code, message);
	}

	@Override
	public void unavailable(Duration retry) {
		this.pomelo.unavailable(retry);
	}

}
