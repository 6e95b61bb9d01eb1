package io.nanogame.connection;

import java.util.function.LongSupplier;

import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.limit.Limit;
import org.jspecify.annotations.Nullable;

/**
 * The rate limit on the messages of sessions. Thread-safe.
 */
final class RequestRate {

	private static final long SECOND = 1_000_000_000L;

	private final Limit limit;

	private final TransportLimits limits;

	private final LongSupplier nanoTime;

	private final SpentAllowances spent = new SpentAllowances();

	private final long nanosPerMessage;

	private final long burstNanos;

	RequestRate(TransportLimits limits, LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.limits = limits;
		this.limit = new Limit("requests-per-second", limits.requestsPerSecond());
		this.nanosPerMessage = this.limit.isSet() ? SECOND / limits.requestsPerSecond() : 0;
		this.burstNanos = this.nanosPerMessage * ((limits.burst() > 0) ? limits.burst() : limits.requestsPerSecond());
	}

	Limit limit() {
		return this.limit;
	}

	/** Returns the token bucket of a new session, or null without a limit. */
	@Nullable Allowance allowance(@Nullable String uid) {
		return this.limit.isSet() ? new Allowance(this, this.spent.take(uid, nanoTime())) : null;
	}

	/** Saves the tokens that a session has used, for the next session of the player. */
	void save(@Nullable String uid, @Nullable Allowance allowance) {
		if (allowance != null) {
			this.spent.put(uid, allowance.fullAtNanos(), nanoTime());
		}
	}

	long nanoTime() {
		return this.nanoTime.getAsLong();
	}

	/**
	 * Returns the cost of a message, as the time in which it is refilled, in nanoseconds.
	 */
	long cost(String route) {
		Integer weight = this.limits.weights().get(route);
		return ((weight != null) ? weight : 1) * this.nanosPerMessage;
	}

	/** Returns the cost of a message without a weight, in nanoseconds. */
	long cost() {
		return this.nanosPerMessage;
	}

	/**
	 * Returns the size of a bucket, as the time in which it is refilled, in nanoseconds.
	 */
	long burst() {
		return this.burstNanos;
	}

	/** Counts a message above the limit, and returns its treatment. */
	OnExcess exceeded() {
		this.limit.exceeded();
		return this.limits.onExcess();
	}

}
