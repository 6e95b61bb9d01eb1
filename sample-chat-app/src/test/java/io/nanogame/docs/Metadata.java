package io.nanogame.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The configuration metadata of the jars on the class path.
 *
 * @param keys the keys with name, description and optional defaultValue, in the order of
 * their jar
 */
record Metadata(List<JsonNode> keys) {

	private static final String LOCATION = "META-INF/spring-configuration-metadata.json";

	static Metadata read() {
		try {
			return new Metadata(Collections.list(Metadata.class.getClassLoader().getResources(LOCATION))
				.stream()
				.flatMap(Metadata::keys)
				.toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<JsonNode> keys(URL url) {
		try (InputStream in = url.openStream()) {
			return JsonMapper.shared().readTree(in).get("properties").valueStream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String name(JsonNode key) {
		return key.get("name").asString();
	}

	/** Returns whether there is such a key, or a map or list that contains it. */
	boolean knows(String name) {
		return this.keys.stream()
			.map(Metadata::name)
			.anyMatch((key) -> name.equals(key) || name.startsWith(key + ".") || name.startsWith(key + "["));
	}

}
