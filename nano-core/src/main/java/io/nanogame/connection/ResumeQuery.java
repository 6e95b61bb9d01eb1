package io.nanogame.connection;

import java.time.Duration;
import java.util.function.Consumer;

import io.nanogame.resume.ResumeState;
import io.nanogame.resume.ResumeToken;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries the other servers for the session that a client of this one wants to continue.
 * Thread-safe.
 */
public final class ResumeQuery implements SessionPull {

	private static final Logger log = LoggerFactory.getLogger(ResumeQuery.class);

	private final TransportContext context;

	private final ResumeClaim claim;

	private final ResumeToken token;

	ResumeQuery(TransportContext context, ResumeClaim claim, ResumeToken token) {
		this.context = context;
		this.claim = claim;
		this.token = token;
	}

	@Override
	public ResumeToken token() {
		return this.token;
	}

	@Override
	public long received() {
		return this.claim.received();
	}

	@Override
	public String protocol() {
		return this.claim.protocol();
	}

	@Override
	public String codec() {
		return this.context.protocols().find(protocol()).codec();
	}

	@Override
	public boolean parks() {
		return false;
	}

	@Override
	public void lost(@Nullable CloseReason reason) {
		this.claim.lost(reason);
	}

	@Override
	public void notFound() {
		this.claim.loop().enqueue(() -> this.claim.submit(this.context));
	}

	@Override
	public void unknown(Duration retry) {
		this.claim.unavailable(retry);
	}

	@Override
	public void restore(MovedSession moved, ResumeState state, Consumer<Session> restored) {
		this.claim.loop().enqueue(() -> {
			Session session;
			try {
				session = new Arrival(this.context, moved, state).restore(this.claim.wire(), this.context.nanoTime());
			}
			catch (RuntimeException ex) {
				log.error("A session of another server cannot continue here, and is lost: {}", moved.id(), ex);
				this.claim.lost(null);
				return;
			}
			restored.accept(session);
			this.claim.submit(this.context);
		});
	}

}
