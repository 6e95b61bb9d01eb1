package io.nanogame.connection;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.nanogame.resume.ResumeState;
import io.nanogame.resume.ResumeToken;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim of another server, to which the client of a session of this one has
 * connected. The session is ready to move when its socket is closed and nothing of it is
 * under way. It moves only when {@link #release} is called. Thread-safe.
 */
public final class RemoteClaim implements Claimant {

	private static final Logger log = LoggerFactory.getLogger(RemoteClaim.class);

	private static final long FIRST_POLL_MILLIS = 5;

	private static final long MAX_POLL_MILLIS = 100;

	/**
	 * For how long a claim waits for replies that are under way. Its client tries again
	 * then, which costs less than many claims that wait for slow handlers.
	 */
	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

	private final String protocol;

	private final long received;

	private final boolean parks;

	private final String uid;

	private final Answer answer;

	private volatile @Nullable Resumption session;

	/**
	 * Creates a claim, perhaps without a client.
	 * @param protocol the name of the client's protocol
	 * @param received the number of DATA packets that the client has received
	 * @param parks whether the client is away; the session stays if it is not
	 * @param uid the player, for a claim without a token; empty for one with a token
	 * @param answer receives the decision
	 */
	public RemoteClaim(String protocol, long received, boolean parks, String uid, Answer answer) {
		this.protocol = protocol;
		this.received = received;
		this.parks = parks;
		this.uid = uid;
		this.answer = answer;
	}

	/**
	 * Asks for a session.
	 * @param context the connections of this server
	 * @param token the token of the client; for a claim without one, {@code none} of the
	 * session
	 * @return false if this server has no session of that id; the answer is not called
	 */
	public boolean submit(TransportContext context, ResumeToken token) {
		if (!this.uid.isEmpty()) {
			return UidClaim.submit(context, token.session(), this);
		}
		Resumption found = context.resumptions.get(token.session());
		if (found == null) {
			return false;
		}
		found.claim(this, token);
		return true;
	}

	@Override
	public String protocol() {
		return this.protocol;
	}

	@Override
	public long received() {
		return this.received;
	}

	@Override
	public boolean parks() {
		return this.parks;
	}

	@Override
	public String uid() {
		return this.uid;
	}

	/** The other server asks its listeners. */
	@Override
	public void ask(SessionRegistry registry, Resumption of, Session asked, Runnable permitted) {
		permitted.run();
	}

	@Override
	public void accept(Resumption of) {
		this.session = of;
		awaitQuiet(of, of.context.nanoTime(), FIRST_POLL_MILLIS);
	}

	private void awaitQuiet(Resumption of, long sinceNanos, long pollMillis) {
		if (!of.isClaimedBy(this)) {
			return;
		}
		if (of.isQuiet()) {
			this.answer.ready(of.session.id());
			return;
		}
		if (of.context.nanoTime() - sinceNanos >= PATIENCE_NANOS || !poll(of, sinceNanos, pollMillis)) {
			of.refuse(CloseReason.RESUMED_ELSEWHERE);
		}
	}

	private boolean poll(Resumption of, long sinceNanos, long millis) {
		long next = Math.min(MAX_POLL_MILLIS, 2 * millis);
		try {
			of.context.time()
				.newTimeout((timeout) -> of.execute(() -> awaitQuiet(of, sinceNanos, next)), millis,
						TimeUnit.MILLISECONDS);
			return true;
		}
		catch (IllegalStateException ex) {
			log.debug("The time has stopped; no session leaves any more");
			return false;
		}
	}

	@Override
	public void lost(@Nullable CloseReason reason) {
		this.answer.lost(reason);
	}

	@Override
	public void moved() {
		this.answer.withdrawn();
	}

	@Override
	public void refuse(CloseReason reason) {
		this.answer.withdrawn();
	}

	/**
	 * Ends the ownership of this server, if the claim is still accepted and nothing of
	 * the session is under way. Otherwise the claim ends, and {@link Answer#withdrawn()}
	 * is called, perhaps again. If the session is closed meanwhile, or a parameter throws
	 * an exception, it is closed and {@link Answer#lost} is called.
	 * @param leave called on the loop of the session: gives the session another
	 * connection, so that pushes from now on are sent to the other server
	 * @param left receives the state, on the same loop
	 */
	public void release(Consumer<Session> leave, Consumer<ResumeState> left) {
		Resumption target = this.session;
		if (target != null) {
			target.execute(() -> new SessionDeparture(target, this).begin(leave, left));
		}
		else {
			this.answer.withdrawn();
		}
	}

	/** Receives the decision about a claim, on the loop of the session. */
	public interface Answer {

		/**
		 * The session can move: {@link RemoteClaim#release} may be called.
		 * @param session the id of the session, which its token need not have
		 */
		void ready(long session);

		/**
		 * The client cannot continue the session.
		 * @param reason why it was closed; null if that is unknown, or it was not closed
		 */
		void lost(@Nullable CloseReason reason);

		/**
		 * The claim has ended: because of a later one, the end of the session, or what
		 * was under way for too long, or when it was to be released. It may be submitted
		 * again.
		 */
		void withdrawn();

	}

}
