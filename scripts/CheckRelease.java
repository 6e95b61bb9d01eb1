import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks a folder of deployed artifacts against what Maven Central and npm require, and against the list of modules
 * that are published. Prints each fault and ends with 1 when there is one. {@code ./scripts/release} runs it.
 */
class CheckRelease {

	/** Artifacts with a jar. Those with {@code true} are managed by the BOM: applications depend on them. */
	private static final Map<String, Boolean> JARS = new TreeMap<>(Map.of("nano-protocol", true, "nano-core", true,
			"nano-spring", true, "nano-spring-boot-autoconfigure", true, "nano-spring-boot-starter", true,
			"nano-spring-boot-test", true, "nano-client", true, "nano-client-js", true, "nano-cluster-nats", true,
			"nano-cli", false));

	private static final Set<String> POMS = Set.of("nano-bom", "nano-spring-boot-parent");

	/** The elements that Maven Central requires. Modules inherit all but their name and description. */
	private static final List<String> REQUIRED = List.of("name", "description", "url", "licenses", "developers", "scm");

	private static final Pattern MANAGED = Pattern.compile("<artifactId>(nano-[a-z-]+)</artifactId>\\s*<version>");

	private final Path group;

	private final List<String> faults = new ArrayList<>();

	private final Set<String> moduleNames = new HashSet<>();

	CheckRelease(Path staging) {
		this.group = staging.resolve("io/nanogame");
	}

	public static void main(String[] arguments) throws IOException {
		Path staging = Path.of(arguments[0]);
		CheckRelease check = new CheckRelease(staging);
		check.modules();
		check.npmPackage(Files.readString(staging.resolve("npm-pack.json")), Files.readString(Path.of("nano-client-js/package.json")));
		check.faults.forEach((fault) -> System.out.println("scripts/release: " + fault));
		System.out.printf("scripts/release: %d artifacts in %s, %d faults%n", JARS.size() + POMS.size(), staging, check.faults.size());
		System.exit(check.faults.isEmpty() ? 0 : 1);
	}

	private void modules() throws IOException {
		Set<String> expected = new TreeSet<>(JARS.keySet());
		expected.addAll(POMS);
		Set<String> found = new TreeSet<>();
		try (Stream<Path> folders = Files.list(this.group)) {
			folders.forEach((folder) -> found.add(folder.getFileName().toString()));
		}
		expect(found.equals(expected), "published are " + found + " instead of " + expected);
		for (String artifact : expected) {
			if (found.contains(artifact)) {
				module(artifact);
			}
		}
	}

	private void module(String artifact) throws IOException {
		List<Path> files = files(artifact);
		for (Path file : files) {
			if (!file.toString().matches(".*\\.(md5|sha1|sha256|sha512|asc|xml)")) {
				for (String sum : List.of(".md5", ".sha1")) {
					expect(files.contains(Path.of(file + sum)), file.getFileName() + " has no " + sum);
				}
			}
		}
		Path pom = only(files, artifact, ".pom");
		if (pom != null) {
			pom(artifact, Files.readString(pom));
		}
		if (JARS.containsKey(artifact)) {
			jar(only(files, artifact, ".jar"), artifact);
			content(only(files, artifact, "-sources.jar"), "META-INF/MANIFEST.MF");
			content(only(files, artifact, "-javadoc.jar"),
					Set.of("nano-client-js", "nano-spring-boot-starter").contains(artifact) ? "README.md" : "index.html");
		}
	}

	private void pom(String artifact, String pom) {
		boolean inherits = pom.contains("<parent>");
		for (String element : inherits ? REQUIRED.subList(0, 2) : REQUIRED) {
			expect(pom.contains("<" + element + ">") || pom.contains("<" + element + " "),
					artifact + ": its pom has no " + element);
		}
		if (artifact.equals("nano-bom")) {
			Set<String> managed = new TreeSet<>();
			Matcher matcher = MANAGED.matcher(pom.substring(pom.indexOf("<dependencyManagement>")));
			while (matcher.find()) {
				managed.add(matcher.group(1));
			}
			Set<String> expected = new TreeSet<>();
			JARS.forEach((jar, isManaged) -> {
				if (isManaged) {
					expected.add(jar);
				}
			});
			expect(managed.equals(expected), "the BOM manages " + managed + " instead of " + expected);
		}
	}

	private void jar(Path file, String artifact) throws IOException {
		content(file, "META-INF/LICENSE");
		if (file == null) {
			return;
		}
		try (JarFile jar = new JarFile(file.toFile())) {
			Attributes manifest = jar.getManifest().getMainAttributes();
			expect(manifest.getValue("Implementation-Version") != null, artifact + ": its manifest has no version");
			String name = manifest.getValue("Automatic-Module-Name");
			expect(name != null && this.moduleNames.add(name), artifact + ": its module name is missing or taken: " + name);
		}
	}

	private void content(Path file, String entry) throws IOException {
		if (file != null) {
			try (JarFile jar = new JarFile(file.toFile())) {
				boolean nested = jar.getEntry("BOOT-INF/classes/" + entry) != null;
				expect(nested || jar.getEntry(entry) != null, file.getFileName() + " has no " + entry);
			}
		}
	}

	private void npmPackage(String packed, String description) {
		for (String file : List.of("LICENSE", "README.md", "client.js", "client.d.ts")) {
			expect(packed.contains(file), "the npm package has no " + file);
		}
		for (String field : List.of("name", "version", "description", "license", "author", "homepage", "repository",
				"bugs", "exports", "types", "engines")) {
			expect(description.contains("\"" + field + "\""), "package.json has no " + field);
		}
	}

	private List<Path> files(String artifact) {
		try (Stream<Path> files = Files.walk(this.group.resolve(artifact))) {
			return files.filter(Files::isRegularFile).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The file of this kind. The version in its name ends with a digit, or with SNAPSHOT in a local repository. */
	private Path only(List<Path> files, String artifact, String ending) {
		List<Path> found = files.stream()
			.filter((file) -> file.getFileName().toString().matches(artifact + "-[0-9.]+(-SNAPSHOT|-[0-9.]+-[0-9]+)?" + Pattern.quote(ending)))
			.toList();
		expect(found.size() == 1, artifact + ": " + found.size() + " files *" + ending);
		return found.isEmpty() ? null : found.get(0);
	}

	private void expect(boolean holds, String fault) {
		if (!holds) {
			this.faults.add(fault);
		}
	}

}
