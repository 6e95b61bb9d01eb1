package io.nanogame.resume;

import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a server that outlive their connections: their limits and numbers.
 * Thread-safe.
 */
public final class ResumableSessions {

	private final ResumeSettings settings;

	private final RandomGenerator random;

	private final LongAdder totalBytes = new LongAdder();

	private final DetachedSessions detached;

	private final EndedSessions ended;

	private final LongAdder[] outcomes = new LongAdder[ResumeOutcome.values().length];

	/**
	 * Creates the shared state.
	 * @param settings the window and the limits
	 * @param random creates tokens; must not be predictable
	 * @param time the time of the server
	 */
	public ResumableSessions(ResumeSettings settings, RandomGenerator random, TimeSource time) {
		this.settings = settings;
		this.random = random;
		Arrays.setAll(this.outcomes, (outcome) -> new LongAdder());
		this.detached = new DetachedSessions(settings, this.totalBytes, this.outcomes[ResumeOutcome.EVICTED.ordinal()]);
		this.ended = new EndedSessions(settings, time);
	}

	public ResumeSettings settings() {
		return this.settings;
	}

	/**
	 * Creates the tokens of a session.
	 * @param session the id of the session
	 * @return tokens of which none is valid yet
	 */
	public ResumeTokens tokens(long session) {
		return new ResumeTokens(session, this.random);
	}

	/**
	 * Restores the tokens of a session of another server.
	 * @param session the id of the session
	 * @param state its state
	 * @return the same tokens; of which none is valid if the client cannot resume
	 */
	public ResumeTokens tokens(long session, ResumeState state) {
		ResumeTokens restored = tokens(session);
		if (state.canResume()) {
			restored.restore(state.tokens());
		}
		return restored;
	}

	/**
	 * Restores the packets of a session of another server.
	 * @param state its state
	 * @return the same packets
	 */
	public SentPackets packets(ResumeState state) {
		SentPackets restored = packets();
		restored.restore(state);
		return restored;
	}

	/**
	 * Creates the packets of a session.
	 * @return an empty list
	 */
	public SentPackets packets() {
		return new SentPackets(this);
	}

	/** Adds to the size of the kept packets. */
	void add(int bytes) {
		if (bytes != 0) {
			this.totalBytes.add(bytes);
		}
	}

	/**
	 * Adds a session whose connection was cut. Closes others, or this one, when the
	 * limits are exceeded.
	 * @param session the session
	 * @return a ticket for {@link #attached}
	 */
	public long detached(Session session) {
		return this.detached.add(session);
	}

	/**
	 * Removes a session that has a connection again, has left, or was closed.
	 * @param ticket the ticket of {@link #detached}
	 * @return false if it was removed before: it may be about to be closed, because there
	 * are too many
	 */
	public boolean attached(long ticket) {
		return this.detached.remove(ticket);
	}

	/**
	 * Called when a session has ended, and keeps no packets any more.
	 * @param session the session
	 */
	public void released(Session session) {
		this.detached.released(session);
	}

	/** Closes the sessions that were cut first while too many bytes are kept. */
	public void limit() {
		this.detached.limit();
	}

	/**
	 * Counts an outcome. Evictions are counted by this object itself.
	 * @param outcome what has become of a session or a client
	 */
	public void add(ResumeOutcome outcome) {
		this.outcomes[outcome.ordinal()].increment();
	}

	/**
	 * Remembers why the server has closed a session.
	 * @param session the id of the session
	 * @param tokens its tokens, which do not change any more
	 * @param reason the reason
	 */
	public void ended(long session, ResumeTokens tokens, CloseReason reason) {
		this.ended.add(session, tokens, reason);
	}

	/**
	 * Returns why the server has closed a session.
	 * @param token the token of a client
	 * @return the reason, or null if it is unknown or the token is not valid
	 */
	public @Nullable CloseReason endOf(ResumeToken token) {
		return this.ended.reason(token);
	}

	/**
	 * Returns the number of sessions without a connection.
	 * @return the current number
	 */
	public int detachedCount() {
		return this.detached.count();
	}

	/**
	 * Returns the sessions without a connection.
	 * @return a live view, in the order in which they were cut
	 */
	public Collection<Session> detachedSessions() {
		return this.detached.all();
	}

	/**
	 * Returns the size of the packets that clients have not confirmed.
	 * @return the current number of bytes of all sessions
	 */
	public long bytes() {
		return this.totalBytes.sum();
	}

	/**
	 * Returns how often there was an outcome.
	 * @param outcome what has become of a session or a client
	 * @return the number since the start
	 */
	public long count(ResumeOutcome outcome) {
		return this.outcomes[outcome.ordinal()].sum();
	}

}
