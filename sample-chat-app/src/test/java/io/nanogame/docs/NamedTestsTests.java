package io.nanogame.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the tests which the guides name exist.
 */
class NamedTestsTests {

	private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Tests|Properties))#(\\w+)`");

	private static final Map<String, List<Path>> SOURCES = sources();

	private static Map<String, List<Path>> sources() {
		try (Stream<Path> modules = Files.list(Page.ROOT)) {
			return modules.map((module) -> module.resolve("src/test/java"))
				.filter(Files::isDirectory)
				.flatMap(NamedTestsTests::files)
				.filter((file) -> file.toString().endsWith(".java"))
				.collect(Collectors.groupingBy((file) -> file.getFileName().toString()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Path> files(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> missing(Page page) {
		return NAMED.matcher(page.text()).results().filter((name) -> !exists(name)).map(MatchResult::group).toList();
	}

	private static boolean exists(MatchResult name) {
		// Between an annotation and its method is no statement.
		Pattern method = Pattern
			.compile("@(?:Test|ParameterizedTest|Property|Example)\\b[^;]*\\bvoid " + name.group(2) + "\\(");
		return SOURCES.getOrDefault(name.group(1) + ".java", List.of())
			.stream()
			.anyMatch((source) -> method.matcher(Page.of(source).text()).find());
	}

	@Test
	void eachTestOfTheConformancePageExists() {
		Page page = Page.of(Page.DOCS.resolve("conformance.md"));
		assertThat(NAMED.matcher(page.text()).results()).hasSizeGreaterThan(30);
		assertThat(missing(page)).isEmpty();
	}

	@Test
	void eachTestOfAnotherGuideExists() {
		assertThat(Page.all()).allSatisfy((page) -> assertThat(missing(page)).isEmpty());
	}

	@Test
	void aMissingTestIsFound() {
		Page planted = new Page(Page.DOCS.resolve("planted.md"),
				"`LinksTests#aBrokenLinkIsFound` `LinksTests#pages` `NoTests#aBrokenLinkIsFound`");
		assertThat(missing(planted)).containsExactly("`LinksTests#pages`", "`NoTests#aBrokenLinkIsFound`");
	}

}
