package io.nanogame.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param path the file
 * @param text Markdown
 */
record Page(Path path, String text) {

	/** Tests run in the folder of their module. */
	static final Path ROOT = Path.of("..");

	static final Path DOCS = ROOT.resolve("docs");

	private static final Pattern BLOCK = Pattern
		.compile("(?ms)(?:^<!-- snippet: (\\S+) -->\\n)?^```(\\w*)\\n(.*?)^```$");

	private static final Pattern ROW = Pattern.compile("(?m)^\\|.*\\|$");

	static Page of(Path path) {
		try {
			return new Page(path, Files.readString(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns the pages at the top of the repository and the guides. */
	static List<Page> all() {
		return Stream.concat(markdown(ROOT, 1), guides().map(Page::path)).map(Page::of).toList();
	}

	static Stream<Page> guides() {
		return markdown(DOCS, 2).map(Page::of);
	}

	private static Stream<Path> markdown(Path folder, int depth) {
		try (Stream<Path> files = Files.walk(folder, depth)) {
			return files.filter((file) -> file.toString().endsWith(".md")).sorted().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns the section under a heading of the second level. */
	Page section(String heading) {
		String[] parts = this.text.split("(?m)^## " + Pattern.quote(heading) + "\\n", 2);
		if (parts.length < 2) {
			throw new AssertionError(this.path + " has no section '" + heading + "'");
		}
		return new Page(this.path, parts[1].split("(?m)^## ", 2)[0]);
	}

	List<CodeBlock> blocks() {
		return BLOCK.matcher(this.text)
			.results()
			.map((found) -> new CodeBlock(found.group(2), found.group(1), found.group(3)))
			.toList();
	}

	List<String> blocks(String language) {
		return blocks().stream().filter((block) -> block.language().equals(language)).map(CodeBlock::code).toList();
	}

	/** Returns the rows of all tables, including their heads. */
	List<String> rows() {
		return ROW.matcher(this.text).results().map((found) -> found.group()).toList();
	}

	@Override
	public String toString() {
		return this.path.getFileName().toString();
	}

}
