package io.nanogame.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logins that wait until the sessions that they will continue have come to this
 * server. Before such a login claims its uid, because the claim ends a session that is
 * elsewhere. Thread-safe.
 */
public final class AwaitedSessions {

	private static final Logger log = LoggerFactory.getLogger(AwaitedSessions.class);

	private final LoginRegistry logins;

	private volatile OlderSessions others = OlderSessions.NONE;

	private volatile SpareThreads spare = SpareThreads.NONE;

	AwaitedSessions(LoginRegistry logins) {
		this.logins = logins;
	}

	/**
	 * Lets logins continue sessions of other servers, if the policy is
	 * {@link LoginPolicy#CONTINUE}. Must be called before sessions open.
	 * @param servers the sessions of the other servers
	 */
	public void join(OlderSessions servers) {
		this.others = servers;
	}

	/**
	 * Replaces threads on which logins wait. Must be called before sessions open.
	 * @param workers the spare threads of the workers
	 */
	public void replaceWaiting(SpareThreads workers) {
		this.spare = workers;
	}

	/**
	 * Brings the older session of a player to this server.
	 * @param candidate a session that is about to open
	 * @return the older session, which must be closed after the login; complete already
	 * unless the candidate was bound to a uid and other servers are queried. Completes on
	 * any thread
	 */
	public CompletionStage<AwaitedSession> bring(Session candidate) {
		String uid = candidate.uid();
		return (uid != null) ? bring(candidate, uid) : CompletableFuture.completedFuture(AwaitedSession.NONE);
	}

	/**
	 * Runs a login when the older session of the player has arrived. Blocks until then.
	 * Must not be called under a lock. If the calling thread is interrupted, the login
	 * replaces that session. Closes the newer session if the player has logged in
	 * elsewhere meanwhile.
	 * @return the result of the login
	 * @throws IllegalStateException when the calling thread must not block
	 */
	Session afterArrival(Session newer, String uid, Supplier<Session> login) {
		AwaitedSession older = await(newer, uid);
		try {
			return login.get();
		}
		finally {
			older.close();
		}
	}

	private AwaitedSession await(Session newer, String uid) {
		SessionHandle handle = newer.handle;
		if (!mayAwait(newer) || handle.login().isCandidate() || SessionHandle.isLeft(newer)) {
			return AwaitedSession.NONE;
		}
		if (handle.connection().loop().isCurrent()) {
			throw new IllegalStateException(
					"The player may have a session on another node, so bind must not be called on an event loop");
		}
		CompletableFuture<AwaitedSession> arrival = bring(newer, uid).toCompletableFuture();
		try {
			AwaitedSession older = get(arrival);
			if (!older.isNewest()) {
				newer.close(CloseReason.RESUMED_ELSEWHERE);
			}
			return older;
		}
		catch (InterruptedException ex) {
			arrival.thenAccept(AwaitedSession::close);
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			log.error("The session of a player could not be brought from another server", ex);
		}
		return AwaitedSession.NONE;
	}

	private AwaitedSession get(CompletableFuture<AwaitedSession> arrival)
			throws InterruptedException, ExecutionException {
		if (arrival.isDone()) {
			return arrival.get();
		}
		SpareThreads replaced = this.spare;
		replaced.begin();
		try {
			return arrival.get();
		}
		finally {
			replaced.end();
		}
	}

	private boolean mayAwait(Session newer) {
		return this.logins.continuesFirst() && this.others != OlderSessions.NONE && this.logins.isOwn(newer)
				&& newer.isOpen();
	}

	private CompletionStage<AwaitedSession> bring(Session newer, String uid) {
		if (!mayAwait(newer)) {
			return CompletableFuture.completedFuture(AwaitedSession.NONE);
		}
		Session here = reserve(newer, uid);
		if (here != null) {
			return CompletableFuture.completedFuture(new AwaitedSession(() -> true, here));
		}
		long stamp = this.logins.stamp();
		return this.others.bring(newer, uid, stamp)
			.thenApply((isNewest) -> new AwaitedSession(() -> isNewest && !this.logins.isOutdated(uid, stamp),
					isNewest ? reserve(newer, uid) : null));
	}

	/** Returns null if this server has no session of the player, or it is leaving. */
	private @Nullable Session reserve(Session newer, String uid) {
		return this.logins.find(uid)
			.stream()
			.filter((session) -> session.id() != newer.id() && this.logins.isOwn(session)
					&& session.handle.login().reserve())
			.findFirst()
			.orElse(null);
	}

}
