package io.nanogame.cli.bots;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an answer or a push must hold: the fields named, however many others there are.
 *
 * @param expected the least that must be there
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
