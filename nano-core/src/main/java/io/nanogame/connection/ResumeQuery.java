package io.nanogame.connection;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
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

	/** The number of concurrent queries of one server. */
	static final int MAX = 1000;

	/**
	 * The number of concurrent queries for clients of one address, which may have guessed
	 * their tokens. A query is short, so that many players can share an address.
	 */
	static final int MAX_PER_ADDRESS = 64;

	private final TransportContext context;

	private final ResumeClaim claim;

	private final ResumeToken token;

	private final SocketAddress address;

	private final AtomicBoolean wanted = new AtomicBoolean(true);

	private ResumeQuery(TransportContext context, ResumeClaim claim, ResumeToken token) {
		this.context = context;
		this.claim = claim;
		this.token = token;
		this.address = claim.wire().remoteAddress();
	}

	/** Returns null if there are too many queries now. */
	static @Nullable ResumeQuery begin(TransportContext context, ResumeClaim claim, ResumeToken token) {
		ResumeQuery begun = new ResumeQuery(context, claim, token);
		return context.querySlots.acquire(begun.address) ? begun : null;
	}

	/** Called when it is decided, or the socket has ended. */
	void end() {
		if (this.wanted.compareAndSet(true, false)) {
			this.context.querySlots.release(this.address);
		}
	}

	@Override
	public boolean isWanted() {
		return this.wanted.get();
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
		end();
		this.claim.lost(reason);
	}

	@Override
	public void notFound() {
		end();
		this.claim.loop().enqueue(() -> this.claim.submit(this.context));
	}

	@Override
	public void unknown(Duration retry) {
		end();
		this.claim.unavailable(retry);
	}

	@Override
	public void restore(MovedSession moved, ResumeState state, Consumer<Session> restored, Runnable failed) {
		end();
		this.claim.loop().enqueue(() -> {
			Session session;
			try {
				session = new SessionArrival(this.context, moved, state).restore(this.claim.wire(),
						this.context.nanoTime());
			}
			catch (RuntimeException ex) {
				log.error("A session of another server cannot continue here, and is lost: {}", moved.id(), ex);
				this.claim.lost(null);
				failed.run();
				return;
			}
			if (SessionArrival.accept(session, restored)) {
				this.claim.submit(this.context);
			}
			else {
				this.claim.lost(CloseReason.SESSION_LOST);
			}
		});
	}

}
