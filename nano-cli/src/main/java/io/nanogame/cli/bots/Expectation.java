package io.nanogame.cli.bots;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The expected content of a response or a push. Further fields are ignored.
 *
 * @param expected the fields that must be present
 */
record Expectation(JsonNode expected) {

	boolean isMetBy(byte[] body) {
		try {
			return holds(this.expected, JsonMapper.shared().readTree(body));
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	private static boolean holds(JsonNode expected, JsonNode actual) {
		if (expected.isObject()) {
			return expected.properties()
				.stream()
				.allMatch((field) -> holds(field.getValue(), actual.path(field.getKey())));
		}
		if (expected.isArray()) {
			if (!actual.isArray() || actual.size() != expected.size()) {
				return false;
			}
			for (int i = 0; i < expected.size(); i++) {
				if (!holds(expected.get(i), actual.get(i))) {
					return false;
				}
			}
			return true;
		}
		if (expected.isNumber() && actual.isNumber()) {
			return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
		}
		return expected.equals(actual);
	}

}
