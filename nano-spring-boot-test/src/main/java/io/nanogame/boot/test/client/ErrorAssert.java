package io.nanogame.boot.test.client;

import org.assertj.core.api.AbstractObjectAssert;
import org.assertj.core.api.Assertions;

/**
 * An error answer that has come.
 */
public final class ErrorAssert extends AbstractObjectAssert<ErrorAssert, ErrorReply> {

	private final String what;

	ErrorAssert(String what, ErrorReply actual) {
		super(actual, ErrorAssert.class);
		this.what = what;
		as(what);
	}

	/**
	 * Checks the words.
	 * @param message all of them
	 * @return this
	 */
	public ErrorAssert hasMessage(String message) {
		Assertions.assertThat(this.actual.message()).as("the words of the error for %s", this.what).isEqualTo(message);
		return this;
	}

	/**
	 * Checks the words.
	 * @param part some of them
	 * @return this
	 */
	public ErrorAssert hasMessageContaining(String part) {
		Assertions.assertThat(this.actual.message()).as("the words of the error for %s", this.what).contains(part);
		return this;
	}

}
