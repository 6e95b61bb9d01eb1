package io.nanogame.connection;

import java.util.function.LongSupplier;

import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.limit.Limit;
import org.jspecify.annotations.Nullable;

/**
 * How many messages a session may send in a second, and what becomes of more.
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

	/** What a client may send, or null when that is not limited. */
	@Nullable Allowance allowance(@Nullable String uid) {
		return this.limit.isSet() ? new Allowance(this, this.spent.take(uid, nanoTime())) : null;
	}

	/** A client has left. */
	void left(@Nullable String uid, @Nullable Allowance allowance) {
		if (allowance != null) {
			this.spent.put(uid, allowance.fullAtNanos(), nanoTime());
		}
	}

	long nanoTime() {
		return this.nanoTime.getAsLong();
	}

	/** How long a message uses up the allowance, in nanoseconds. */
	long cost(String route) {
		Integer weight = this.limits.weights().get(route);
		return ((weight != null) ? weight : 1) * this.nanosPerMessage;
	}

	/** How far ahead of its rate a session may be, in nanoseconds. */
	long burst() {
		return this.burstNanos;
	}

	/** Counts a message too many, and tells what to do with it. */
	OnExcess exceeded() {
		this.limit.exceeded();
		return this.limits.onExcess();
	}

}
