package io.nanogame.boot.test.client;

import java.time.Duration;
import java.util.function.Function;

import org.assertj.core.api.AbstractObjectAssert;

/**
 * An assertion on a received response or push.
 *
 * @param <T> the type of its payload
 */
public final class PayloadAssert<T> extends AbstractObjectAssert<PayloadAssert<T>, T> {

	private final long nanos;

	PayloadAssert(String what, T actual, long nanos) {
		super(actual, PayloadAssert.class);
		this.nanos = nanos;
		as(what);
	}

	/**
	 * Checks the elapsed time: of a response since its request was sent, of a push since
	 * the call that awaited it. In a slice that is the virtual time.
	 * @param limit the longest time allowed
	 * @return this
	 */
	public PayloadAssert<T> within(Duration limit) {
		if (this.nanos > limit.toNanos()) {
			throw failure("Expected it within %s, but it took %s", Formats.of(limit),
					Formats.of(Duration.ofMillis(this.nanos / 1_000_000)));
		}
		return this;
	}

	/**
	 * Returns an assertion on the same payload in another form.
	 * @param <R> the type of that form
	 * @param form converts the payload
	 * @return the assertion
	 */
	public <R> PayloadAssert<R> map(Function<? super T, R> form) {
		return new PayloadAssert<>(descriptionText(), form.apply(this.actual), this.nanos);
	}

	/**
	 * Returns the payload.
	 * @return the value
	 */
	public T value() {
		return this.actual;
	}

}
