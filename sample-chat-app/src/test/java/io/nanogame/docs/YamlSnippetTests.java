package io.nanogame.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.nanogame.boot.autoconfigure.NanoProperties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the guides put into {@code application.yml} are keys that are there, with values
 * they take.
 */
class YamlSnippetTests {

	private static Set<String> known;

	static Stream<Snippet> snippets() {
		return Snippet.files(".yml").flatMap((file) -> Snippet.of(file).stream());
	}

	@BeforeAll
	static void readMetadata() throws IOException {
		known = new HashSet<>();
		for (URL url : Collections
			.list(NanoProperties.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream in = url.openStream()) {
				JsonMapper.shared()
					.readTree(in)
					.get("properties")
					.valueStream()
					.forEach((key) -> known.add(key.get("name").asString()));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("snippets")
	void everyKeyIsKnown(Snippet snippet) throws IOException {
		assertThat(names(load(snippet.code()))).isNotEmpty().allSatisfy((name) -> assertThat(isKnown(name)).isTrue());
	}

	@ParameterizedTest
	@MethodSource("snippets")
	void everyValueFits(Snippet snippet) throws IOException {
		assertThat(bind(snippet)).isNotNull();
	}

	@Test
	void routesOfTheDictionaryAreReadAsTheyAreWritten() throws IOException {
		Snippet dictionary = Snippet.find("ConnectionsGuide.yml#dictionary").orElseThrow();
		assertThat(bind(dictionary).dictionary()).containsOnlyKeys("room.join", "room.message", "onMessage",
				"room/join");
	}

	@Test
	void aKeyThatIsNotThereIsFound() throws IOException {
		assertThat(names(load("nano.sever.port: 1"))).singleElement()
			.satisfies((name) -> assertThat(isKnown(name)).isFalse());
	}

	private static boolean isKnown(String name) {
		return known.stream()
			.anyMatch((key) -> name.equals(key) || name.startsWith(key + ".") || name.startsWith(key + "["));
	}

	private static NanoProperties bind(Snippet snippet) throws IOException {
		MutablePropertySources sources = new MutablePropertySources();
		load(snippet.code()).forEach(sources::addLast);
		return new Binder(ConfigurationPropertySources.from(sources)).bindOrCreate("nano", NanoProperties.class);
	}

	private static List<PropertySource<?>> load(String yaml) throws IOException {
		return new YamlPropertySourceLoader().load("snippet",
				new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
	}

	private static List<String> names(List<PropertySource<?>> sources) {
		return sources.stream()
			.flatMap((source) -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()))
			.toList();
	}

}
