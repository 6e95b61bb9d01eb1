package io.nanogame.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the code in the guides is code of this package, which is compiled and run.
 */
class DocsSnippetsTests {

	private static final Set<String> CHECKED = Set.of("java", "yaml", "js");

	private static final String FIRST = "HandlersGuide.java#first";

	static Stream<Page> guides() {
		return Page.guides();
	}

	@ParameterizedTest
	@MethodSource("guides")
	void everySnippetOfAGuideIsItsSource(Page guide) {
		assertThat(problems(guide)).isEmpty();
	}

	@Test
	void everySnippetIsInAGuide() {
		Set<String> used = guides().flatMap((guide) -> guide.blocks().stream())
			.map((block) -> String.valueOf(block.snippet()))
			.collect(Collectors.toSet());
		Stream<String> sources = Stream.of(".java", ".yml", ".mjs")
			.flatMap((ending) -> Snippet.files("Guide" + ending));
		assertThat(sources.flatMap((file) -> Snippet.of(file).stream()).map(Snippet::name)).isNotEmpty()
			.allSatisfy((name) -> assertThat(used).contains(name));
	}

	@Test
	void aBlockWithoutAMarkerIsFound() {
		assertThat(problems(page("```java\nint a;\n```"))).containsExactly("no marker: int a;");
		assertThat(problems(page("```sh\nls\n```"))).isEmpty();
	}

	@Test
	void aMissingRegionIsFound() {
		assertThat(problems(page("<!-- snippet: HandlersGuide.java#none -->\n```java\nint a;\n```")))
			.containsExactly("no region HandlersGuide.java#none");
		assertThat(problems(page("<!-- snippet: NoGuide.java#first -->\n```java\nint a;\n```")))
			.containsExactly("no region NoGuide.java#first");
	}

	@Test
	void aBlockThatDiffersFromItsRegionIsFound() {
		String code = Snippet.find(FIRST).orElseThrow().code();
		assertThat(problems(page(marked(code)))).isEmpty();
		assertThat(problems(page(marked(code.indent(4))))).isEmpty();
		assertThat(problems(page(marked(code.replace("Hello", "Goodbye"))))).containsExactly("differs from " + FIRST);
	}

	private static String marked(String code) {
		return "<!-- snippet: %s -->\n```java\n%s\n```".formatted(FIRST, code);
	}

	private static Page page(String text) {
		return new Page(Path.of("planted.md"), text);
	}

	private static List<String> problems(Page page) {
		return page.blocks()
			.stream()
			.filter((block) -> CHECKED.contains(block.language()) || block.snippet() != null)
			.flatMap(DocsSnippetsTests::problem)
			.toList();
	}

	private static Stream<String> problem(CodeBlock block) {
		String name = block.snippet();
		if (name == null) {
			return Stream.of("no marker: " + block.code().strip());
		}
		return Snippet.find(name)
			.map((snippet) -> same(snippet, block) ? Stream.<String>empty() : Stream.of("differs from " + name))
			.orElseGet(() -> Stream.of("no region " + name));
	}

	private static boolean same(Snippet snippet, CodeBlock block) {
		return CodeBlock.normalized(snippet.code()).equals(CodeBlock.normalized(block.code()));
	}

}
