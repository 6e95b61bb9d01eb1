package io.nanogame.connection;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.nanogame.resume.ResumeState;
import io.nanogame.resume.ResumeToken;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries the other servers for the session that a client of this one wants to continue.
 * Thread-safe.
 */
public final class ResumeQuery {

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

	/**
	 * Returns whether the client waits for the decision.
	 * @return false if its connection has ended, or the decision was reported
	 */
	public boolean isWanted() {
		return this.wanted.get();
	}

	public ResumeToken token() {
		return this.token;
	}

	/**
	 * Returns the number of packets that the client has received.
	 * @return the number of DATA packets of the session
	 */
	public long received() {
		return this.claim.received();
	}

	/**
	 * Returns the protocol of the client.
	 * @return its name
	 */
	public String protocol() {
		return this.claim.protocol();
	}

	/**
	 * Returns what the encodings of this server depend on.
	 * @return a text that is equal on servers that encode messages alike
	 */
	public String codec() {
		return this.context.protocols().find(protocol()).codec();
	}

	/**
	 * The client cannot continue the session.
	 * @param reason why it was closed; null if that is unknown, or it was not closed
	 */
	public void lost(@Nullable CloseReason reason) {
		end();
		this.claim.lost(reason);
	}

	/**
	 * No other server has the session. It is lost, unless it has moved here meanwhile.
	 */
	public void notFound() {
		end();
		this.claim.loop().enqueue(() -> this.claim.submit(this.context));
	}

	/**
	 * It is not known whether the client can continue the session.
	 * @param retry the time after which the client should ask again
	 */
	public void unknown(Duration retry) {
		end();
		this.claim.unavailable(retry);
	}

	/**
	 * Continues the session on this server, without a connection at first. The decision
	 * about the client follows. If this server cannot continue the session, that is lost.
	 * @param moved the session
	 * @param state its packets and tokens
	 * @param restored receives the session on its loop, before messages of the client are
	 * read; if it throws an exception, the session is closed
	 * @param failed called on that loop instead, if this server cannot continue the
	 * session: nothing of it is here
	 */
	public void restore(MovedSession moved, ResumeState state, Consumer<Session> restored, Runnable failed) {
		end();
		this.claim.loop().enqueue(() -> {
			Session session;
			try {
				session = new Arrival(this.context, moved, state).restore(this.claim);
			}
			catch (RuntimeException ex) {
				log.error("A session of another server cannot continue here, and is lost: {}", moved.id(), ex);
				this.claim.lost(null);
				failed.run();
				return;
			}
			if (accept(session, restored)) {
				this.claim.submit(this.context);
			}
			else {
				this.claim.lost(CloseReason.SESSION_LOST);
			}
		});
	}

	private boolean accept(Session session, Consumer<Session> restored) {
		try {
			restored.accept(session);
			if (SessionHandle.own(session).connection() instanceof ClientConnection connection) {
				// Not before the uid is restored: the player may have been here.
				connection.gate().rates().open(session.uid());
			}
			return true;
		}
		catch (RuntimeException ex) {
			log.error("A session of another server failed here, and is closed: {}", session.id(), ex);
			session.close(CloseReason.SESSION_LOST);
			return false;
		}
	}

}
