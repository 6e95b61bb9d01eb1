package io.nanogame.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.nanogame.boot.autoconfigure.NanoProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the keys of the guides for {@code application.yml} exist and accept their
 * values.
 */
class YamlSnippetTests {

	private final Metadata metadata = Metadata.read();

	static Stream<Snippet> snippets() {
		return Snippet.files(".yml").flatMap((file) -> Snippet.of(file).stream());
	}

	@ParameterizedTest
	@MethodSource("snippets")
	void everyKeyIsKnown(Snippet snippet) throws IOException {
		assertThat(unknownKeys(snippet.code())).isEmpty();
	}

	@Test
	void anUnknownKeyIsFound() throws IOException {
		assertThat(unknownKeys("nano: {server: {port: 1}, sever: {port: 1}}")).containsExactly("nano.sever.port");
	}

	@ParameterizedTest
	@MethodSource("snippets")
	void everyValueIsValid(Snippet snippet) throws IOException {
		assertThat(bind(snippet)).isNotNull();
	}

	@Test
	void routesOfTheDictionaryAreReadUnchanged() throws IOException {
		Snippet dictionary = Snippet.find("ConnectionsGuide.yml#dictionary").orElseThrow();
		assertThat(bind(dictionary).dictionary()).containsOnlyKeys("room.join", "room.message", "onMessage",
				"room/join");
	}

	private List<String> unknownKeys(String yaml) throws IOException {
		List<String> names = load(yaml).stream()
			.flatMap((source) -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()))
			.toList();
		assertThat(names).isNotEmpty();
		return names.stream().filter((name) -> !this.metadata.knows(name)).toList();
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

}
