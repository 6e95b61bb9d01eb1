package io.nanogame.connection;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

import io.nanogame.resume.ResumeState;
import io.nanogame.resume.ResumeToken;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;

/**
 * The session of a player on another server, which a login at this one will continue: it
 * arrives without a client. Thread-safe.
 */
public final class LoginPull implements SessionPull {

	private final ClientConnection client;

	private final Session newer;

	private final long older;

	private final String uid;

	private final long stamp;

	private final Consumer<Result> result;

	private LoginPull(ClientConnection client, Session newer, long older, String uid, long stamp,
			Consumer<Result> result) {
		this.client = client;
		this.newer = newer;
		this.older = older;
		this.uid = uid;
		this.stamp = stamp;
		this.result = result;
	}

	/**
	 * Returns whether a client can continue sessions of other servers.
	 * @param newer the session of the client
	 * @return false if its protocol has no continuation, or cut sessions are not kept
	 */
	public static boolean isPossible(Session newer) {
		return SessionHandle.own(newer).connection() instanceof ClientConnection client && client.continuity != null
				&& client.context.keepsLogins();
	}

	/**
	 * Creates the request for a session.
	 * @param newer a session of this server for which a continuation
	 * {@linkplain #isPossible is possible}
	 * @param older the id of the session on the other server
	 * @param uid the player
	 * @param stamp the time of the login, by the clock of the cluster
	 * @param result receives the result once, on any thread; must not block
	 * @return the request
	 */
	public static LoginPull of(Session newer, long older, String uid, long stamp, Consumer<Result> result) {
		return new LoginPull((ClientConnection) SessionHandle.own(newer).connection(), newer, older, uid, stamp,
				result);
	}

	@Override
	public ResumeToken token() {
		return ResumeToken.none(this.older);
	}

	@Override
	public String uid() {
		return this.uid;
	}

	/** Returns the time of the login. */
	@Override
	public long received() {
		return this.stamp;
	}

	@Override
	public String protocol() {
		return Objects.requireNonNull(this.client.continuity);
	}

	@Override
	public String codec() {
		return this.client.context.protocols().find(protocol()).codec();
	}

	@Override
	public boolean parks() {
		return false;
	}

	@Override
	public void lost(@Nullable CloseReason reason) {
		this.result.accept((reason == null) ? Result.REFUSED : Result.OUTDATED);
	}

	@Override
	public void notFound() {
		this.result.accept(Result.UNKNOWN);
	}

	@Override
	public void unknown(Duration retry) {
		this.result.accept(Result.UNKNOWN);
	}

	@Override
	public void restore(MovedSession moved, ResumeState state, Consumer<Session> restored, Runnable failed) {
		OutputLoop loop = this.client.loop();
		loop.enqueue(() -> {
			boolean arrived = new SessionArrival(this.client.context, moved, state).arrive(loop, this.client.nanoTime(),
					restored, failed);
			this.result.accept(arrived ? Result.ARRIVED : Result.REFUSED);
		});
	}

	@Override
	public boolean isWanted() {
		return this.newer.isOpen();
	}

	/** What has become of the request. */
	public enum Result {

		/** The session is on this server, where a login can continue it. */
		ARRIVED,

		/** The session cannot continue here, or is here already. */
		REFUSED,

		/** The player has logged in elsewhere meanwhile. */
		OUTDATED,

		/** The session may be on its way to this or another server. */
		UNKNOWN

	}

}
