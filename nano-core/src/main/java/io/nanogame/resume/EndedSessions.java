package io.nanogame.resume;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.nanogame.session.CloseReason;
import io.nanogame.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Why the server has closed sessions whose clients may not know it. Each is remembered
 * for the window, and only so many. Thread-safe.
 */
final class EndedSessions {

	private final ResumeSettings settings;

	private final TimeSource time;

	private final Map<Long, Ended> byId = new ConcurrentHashMap<>();

	private final Queue<Ended> inOrder = new ConcurrentLinkedQueue<>();

	EndedSessions(ResumeSettings settings, TimeSource time) {
		this.settings = settings;
		this.time = time;
	}

	void add(long session, ResumeTokens tokens, CloseReason reason) {
		long now = this.time.nanoTime();
		Ended ended = new Ended(session, tokens, reason, now + this.settings.window().toNanos());
		this.byId.put(session, ended);
		this.inOrder.add(ended);
		Ended oldest = this.inOrder.peek();
		while (oldest != null && (oldest.isOver(now) || this.byId.size() > this.settings.maxSessions())) {
			if (this.inOrder.remove(oldest)) {
				this.byId.remove(oldest.session, oldest);
			}
			oldest = this.inOrder.peek();
		}
	}

	/** Returns the reason, or null if it is unknown or the token is not valid. */
	@Nullable CloseReason reason(ResumeToken token) {
		Ended ended = this.byId.get(token.session());
		return (ended != null && !ended.isOver(this.time.nanoTime()) && ended.tokens.matches(token)) ? ended.reason
				: null;
	}

	private record Ended(long session, ResumeTokens tokens, CloseReason reason, long untilNanos) {

		boolean isOver(long nowNanos) {
			return nowNanos - this.untilNanos > 0;
		}

	}

}
