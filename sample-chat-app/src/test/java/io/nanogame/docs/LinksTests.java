package io.nanogame.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the links and images of the documentation.
 */
class LinksTests {

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\\n]*`");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

	static Stream<Page> pages() {
		return Page.all().stream();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyRelativeLinkHasATarget(Page page) {
		assertThat(brokenLinks(page)).isEmpty();
	}

	@Test
	void aBrokenLinkIsFound() {
		Page planted = new Page(Page.DOCS.resolve("planted.md"),
				"# A word\n[a](chat.png) [b](../README.md) [c](none.md) [d](#a-word) [e](#none) `[f](code)`");
		assertThat(brokenLinks(planted)).containsExactly("none.md", "#none");
	}

	private static List<String> brokenLinks(Page page) {
		return LINK.matcher(CODE.matcher(page.text()).replaceAll(""))
			.results()
			.map((link) -> link.group(1))
			.filter((target) -> !target.contains("://"))
			.filter((target) -> !hasTarget(page, target))
			.toList();
	}

	private static boolean hasTarget(Page page, String target) {
		String[] parts = target.split("#", 2);
		Path file = parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]);
		if (parts.length == 1) {
			return Files.exists(file);
		}
		Page other = parts[0].isEmpty() ? page : Page.of(file);
		return HEADING.matcher(other.text()).results().anyMatch((heading) -> anchor(heading.group(1)).equals(parts[1]));
	}

	private static String anchor(String heading) {
		return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
	}

}
