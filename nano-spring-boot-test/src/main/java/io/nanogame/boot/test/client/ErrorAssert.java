package io.nanogame.boot.test.client;

import org.assertj.core.api.AbstractObjectAssert;
import org.assertj.core.api.Assertions;

/**
 * An assertion on a received error.
 */
public final class ErrorAssert extends AbstractObjectAssert<ErrorAssert, ErrorReply> {

	private final String what;

	ErrorAssert(String what, ErrorReply actual) {
		super(actual, ErrorAssert.class);
		this.what = what;
		as(what);
	}

	/**
	 * Checks the message.
	 * @param message the whole message
	 * @return this
	 */
	public ErrorAssert hasMessage(String message) {
		Assertions.assertThat(this.actual.message()).as("the error message for %s", this.what).isEqualTo(message);
		return this;
	}

	/**
	 * Checks the message.
	 * @param part a part of the message
	 * @return this
	 */
	public ErrorAssert hasMessageContaining(String part) {
		Assertions.assertThat(this.actual.message()).as("the error message for %s", this.what).contains(part);
		return this;
	}

}
