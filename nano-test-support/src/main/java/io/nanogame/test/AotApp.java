package io.nanogame.test;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Spring Boot app in a separate process, with code generated ahead of time as by
 * {@code process-aot} of Boot's Maven plugin.
 */
public final class AotApp implements AutoCloseable {

	private static final Pattern GAME_PORT = Pattern.compile("Game server listens on port (\\d+)");

	private static final Pattern WEB_PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final long TIMEOUT_SECONDS = 120;

	/** JVM flags for a fast start. */
	private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

	private final Process process;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private final List<String> log = new ArrayList<>();

	/**
	 * Generates the code, compiles it and starts the app. Blocks until its game server
	 * listens.
	 * @param main the main class, on the class path of this process
	 * @param directory receives the generated files
	 * @param arguments the arguments of the app, for the generation and for the run
	 */
	public AotApp(String main, Path directory, String... arguments) {
		String classPath = System.getProperty("java.class.path");
		Path sources = directory.resolve("sources");
		Path classes = directory.resolve("classes");
		List<String> processing = java("-Xmx512m", "-cp", classPath,
				"org.springframework.boot.SpringApplicationAotProcessor", main, sources.toString(), classes.toString(),
				classes.toString(), "io.nanogame", "aot");
		processing.addAll(List.of(arguments));
		run(directory, processing);
		run(directory, compilation(sources, classes, classPath));
		List<String> app = java("-Xmx256m", "-Dspring.aot.enabled=true", "-cp",
				classes + File.pathSeparator + classPath, main);
		app.addAll(List.of(arguments));
		this.process = start(app);
		Thread reader = new Thread(this::read, "output of " + main);
		reader.setDaemon(true);
		reader.start();
	}

	private static List<String> java(String... arguments) {
		List<String> command = new ArrayList<>(List.of(tool("java")));
		command.addAll(FLAGS);
		command.addAll(List.of(arguments));
		return command;
	}

	private static String tool(String name) {
		return Path.of(System.getProperty("java.home"), "bin", name).toString();
	}

	private static List<String> compilation(Path sources, Path classes, String classPath) {
		List<String> command = new ArrayList<>(List.of(tool("javac")));
		FLAGS.forEach((flag) -> command.add("-J" + flag));
		command.addAll(List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp",
				classes + File.pathSeparator + classPath));
		try (Stream<Path> found = Files.walk(sources)) {
			found.map(Path::toString).filter((name) -> name.endsWith(".java")).forEach(command::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return command;
	}

	private static void run(Path directory, List<String> command) {
		Path output = directory.resolve("output.txt");
		try {
			Process tool = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			if (!tool.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || tool.exitValue() != 0) {
				tool.destroyForcibly();
				throw new AssertionError(Files.readString(output));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Process start(List<String> command) {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read() {
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			String line;
			while ((line = output.readLine()) != null) {
				this.lines.add(line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the game port.
	 * @return the port in the app's log
	 */
	public int gamePort() {
		return port(GAME_PORT);
	}

	/**
	 * Returns the port of the web app.
	 * @return the port in Tomcat's log
	 */
	public int webPort() {
		return port(WEB_PORT);
	}

	/**
	 * Waits for a line of the log.
	 * @param text a part of the line
	 * @return the line
	 */
	public String awaitLine(String text) {
		return await(Pattern.compile(Pattern.quote(text))).group();
	}

	private int port(Pattern pattern) {
		return Integer.parseInt(await(pattern).group(1));
	}

	private Matcher await(Pattern pattern) {
		int next = 0;
		while (true) {
			while (next < this.log.size()) {
				Matcher matcher = pattern.matcher(this.log.get(next++));
				if (matcher.find()) {
					return matcher;
				}
			}
			this.log.add(nextLine());
		}
	}

	private String nextLine() {
		try {
			String line = this.lines.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
			if (line == null) {
				throw new AssertionError("The app did not start:\n" + String.join("\n", this.log));
			}
			return line;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
