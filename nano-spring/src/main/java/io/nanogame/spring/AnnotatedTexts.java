package io.nanogame.spring;

import java.time.Duration;
import java.util.function.Function;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Reads the texts that the annotation of a class declares, which may contain
 * placeholders. Thread-safe.
 */
public final class AnnotatedTexts {

	private final AnnotatedNames names;

	private final Function<String, RuntimeException> invalid;

	/**
	 * Creates a reader for a class.
	 * @param beans the beans of the application
	 * @param invalid creates the exception for a text that cannot be read, from a
	 * description of the problem
	 */
	public AnnotatedTexts(ListableBeanFactory beans, Function<String, RuntimeException> invalid) {
		this.names = new AnnotatedNames(beans);
		this.invalid = invalid;
	}

	/**
	 * Resolves the placeholders of a text.
	 * @param text the text
	 * @return the resolved text; empty when it resolves to nothing
	 */
	public String resolved(String text) {
		try {
			return this.names.resolve(text);
		}
		catch (RuntimeException ex) {
			throw this.invalid.apply(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Reads a duration.
	 * @param attribute the name of the attribute
	 * @param text its text
	 * @return zero or more
	 */
	public Duration duration(String attribute, String text) {
		try {
			Duration duration = DurationFormatterUtils.detectAndParse(resolved(text));
			if (!duration.isNegative()) {
				return duration;
			}
		}
		catch (IllegalArgumentException ex) {
			// Reported below, with the name of the attribute.
		}
		throw this.invalid.apply("'%s' of %s is not a duration such as 10s".formatted(text, attribute));
	}

	/**
	 * Reads a duration that must not be zero.
	 * @param attribute the name of the attribute
	 * @param text its text
	 * @return more than zero
	 */
	public Duration positive(String attribute, String text) {
		Duration duration = duration(attribute, text);
		if (duration.isZero()) {
			throw this.invalid.apply("the duration of %s must be positive".formatted(attribute));
		}
		return duration;
	}

}
