package io.nanogame.boot.test.client;

import java.time.Duration;

import org.assertj.core.api.AbstractObjectAssert;

/**
 * A response or a push that has come.
 *
 * @param <T> what was read from it
 */
public final class PayloadAssert<T> extends AbstractObjectAssert<PayloadAssert<T>, T> {

	private final long nanos;

	PayloadAssert(String what, T actual, long nanos) {
		super(actual, PayloadAssert.class);
		this.nanos = nanos;
		as(what);
	}

	/**
	 * Checks how long it took: a response since its request was sent, a push since it was
	 * waited for. In a slice that is the time of the slice.
	 * @param most how long it may have taken
	 * @return this
	 */
	public PayloadAssert<T> within(Duration most) {
		if (this.nanos > most.toNanos()) {
			throw failure("Expected it within %s, but it took %s", Words.of(most),
					Words.of(Duration.ofMillis(this.nanos / 1_000_000)));
		}
		return this;
	}

	/**
	 * What has come.
	 * @return the value
	 */
	public T value() {
		return this.actual;
	}

}
