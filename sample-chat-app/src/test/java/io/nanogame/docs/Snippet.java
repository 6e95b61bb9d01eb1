package io.nanogame.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A region of a source file of this package, from {@code tag::name[]} to
 * {@code end::name[]}.
 *
 * @param name such as {@code HandlersGuide.java#first}
 * @param code its lines without tags; in Java after the required imports
 */
record Snippet(String name, String code) {

	static final Path SOURCES = Path.of("src/test/java/io/nanogame/docs");

	private static final Pattern IMPORT = Pattern.compile("(?m)^import [\\w.]+\\.(\\w+);$");

	/** Strings and comments, which need no imports. */
	private static final Pattern TEXT = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|//.*");

	private static final Predicate<String> TAG_LINE = Pattern.compile("(tag|end)::\\w+\\[]").asPredicate();

	static Optional<Snippet> find(String name) {
		String[] parts = name.split("#", 2);
		Path file = SOURCES.resolve(parts[0]);
		if (parts.length < 2 || !Files.isRegularFile(file)) {
			return Optional.empty();
		}
		Pattern region = Pattern.compile("(?s)tag::%1$s\\[](.*)end::%1$s\\[]".formatted(Pattern.quote(parts[1])));
		String source = read(file);
		return region.matcher(source)
			.results()
			.findFirst()
			.map((found) -> new Snippet(name, withImports(source, withoutTags(found.group(1)))));
	}

	/**
	 * Adds the imports of the source file whose last name occurs in the code, unless the
	 * code has its own.
	 */
	private static String withImports(String source, String code) {
		if (IMPORT.matcher(code).find()) {
			return code;
		}
		String names = TEXT.matcher(code).replaceAll("");
		String imports = IMPORT.matcher(source)
			.results()
			.filter((line) -> Pattern.compile("\\b" + line.group(1) + "\\b").matcher(names).find())
			.map((line) -> line.group() + "\n")
			.collect(Collectors.joining());
		return imports.isEmpty() ? code : imports + "\n" + code.stripTrailing().stripIndent();
	}

	/** Returns all regions of a file. */
	static List<Snippet> of(String file) {
		return Pattern.compile("tag::(\\w+)\\[]")
			.matcher(read(SOURCES.resolve(file)))
			.results()
			.flatMap((tag) -> find(file + "#" + tag.group(1)).stream())
			.toList();
	}

	/** Returns the names of the source files of guides. */
	static Stream<String> files(String ending) {
		try (Stream<Path> files = Files.list(SOURCES)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((file) -> file.endsWith(ending))
				.sorted()
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Removes tag lines. The first and the last line are the remains of the region's own
	 * tags.
	 */
	private static String withoutTags(String region) {
		List<String> lines = region.lines().toList();
		return lines.subList(1, lines.size() - 1).stream().filter(TAG_LINE.negate()).collect(Collectors.joining("\n"));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

}
