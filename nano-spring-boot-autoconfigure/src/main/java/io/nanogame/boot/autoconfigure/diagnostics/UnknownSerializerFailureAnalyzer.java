package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.boot.autoconfigure.UnknownSerializerException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a missing, unknown or ambiguous serializer.
 */
final class UnknownSerializerFailureAnalyzer extends AbstractFailureAnalyzer<UnknownSerializerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownSerializerException cause) {
		String known = "'" + String.join("', '", cause.known()) + "'";
		return new FailureAnalysis(cause.getMessage() + ".", action(cause, known), cause);
	}

	private static String action(UnknownSerializerException cause, String known) {
		if ("protobuf".equals(cause.serializer())) {
			return "Add the dependency com.google.protobuf:protobuf-java, or set '%s' to one of %s."
				.formatted(cause.key(), known);
		}
		return "Set '%s' to one of %s, or to the name of a Serializer bean.".formatted(cause.key(), known);
	}

}
