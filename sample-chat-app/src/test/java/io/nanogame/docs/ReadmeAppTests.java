package io.nanogame.docs;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the app of the README works.
 */
class ReadmeAppTests {

	private static final Pattern CLASS = Pattern.compile("\\bclass (\\w+)");

	private final Page readme = Page.of(Page.ROOT.resolve("README.md"));

	private final List<String> files = this.readme.section("Make your own").blocks("java");

	@TempDir
	Path classes;

	@Test
	void theComponentToCopyEqualsTheOneShownFirst() {
		String shown = this.readme.blocks("java").get(0);
		assertThat(this.files).hasSize(3);
		assertThat(this.files.get(1)).contains(shown);
	}

	@Test
	void theAppOfTheReadmeReplies() throws Exception {
		compile();
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.classes.toUri().toURL() });
				ConfigurableApplicationContext app = start(loader);
				RawClient client = RawClient.tcp(gamePort(app)).handshake()) {
			client.request(1, "room.join", "{\"name\":\"Ann\"}");
			assertThat(client.readPush("onMembers")).isEqualTo("{\"members\":[]}");
			assertThat(client.readResponse(1)).isEqualTo("{\"code\":0,\"result\":\"success\"}");
			client.notify("room.message", "{\"name\":\"Ann\",\"content\":\"hello\"}");
			assertThat(client.readPush("onMessage")).isEqualTo("{\"name\":\"Ann\",\"content\":\"hello\"}");
			client.request(2, "room.join", "{\"name\":\" \"}");
			assertThat(client.readResponse(2)).contains("\"code\":400", "name");
		}
	}

	@Test
	void theTestOfTheReadmeRunsAndIsShort() throws Exception {
		compile();
		assertThat(this.files.get(2).lines().filter((line) -> !line.isBlank())).hasSizeLessThan(15);
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.classes.toUri().toURL() })) {
			SummaryGeneratingListener listener = new SummaryGeneratingListener();
			Class<?> tests = loader.loadClass("com.example.game.RoomComponentTests");
			with(loader, () -> {
				LauncherFactory.create()
					.execute(LauncherDiscoveryRequestBuilder.request()
						.selectors(DiscoverySelectors.selectClass(tests))
						.build(), listener);
				return null;
			});
			assertThat(listener.getSummary().getFailures()).isEmpty();
			assertThat(listener.getSummary().getTestsSucceededCount()).isEqualTo(1);
		}
	}

	private void compile() throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		boolean compiled = compiler
			.getTask(null, null, diagnostics,
					List.of("-parameters", "-proc:none", "-d", this.classes.toString(), "-classpath",
							System.getProperty("java.class.path")),
					null, this.files.stream().map(Source::new).toList())
			.call();
		assertThat(compiled)
			.as(() -> diagnostics.getDiagnostics().stream().map(Diagnostic::toString).toList().toString())
			.isTrue();
	}

	private static ConfigurableApplicationContext start(ClassLoader loader) throws Exception {
		Class<?> application = loader.loadClass("com.example.game.GameApplication");
		return with(loader, () -> SpringApplication.from((args) -> main(application, args))
			// Without the application.yml of the sample, which is on the class path.
			.run("--spring.config.name=readme", "--spring.main.web-application-type=none", "--nano.server.port=0")
			.getApplicationContext());
	}

	private static <T> T with(ClassLoader loader, Callable<T> task) throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(loader);
		try {
			return task.call();
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static void main(Class<?> application, String[] args) {
		ReflectionUtils.invokeMethod(ReflectionUtils.findMethod(application, "main", String[].class), null,
				(Object) args);
	}

	private static int gamePort(ConfigurableApplicationContext app) {
		return app.getEnvironment().getRequiredProperty("local.nano.port", Integer.class);
	}

	/** A code block of the page as a source file. */
	private static final class Source extends SimpleJavaFileObject {

		private final String code;

		Source(String code) {
			super(URI.create("readme:///" + firstClass(code) + Kind.SOURCE.extension), Kind.SOURCE);
			this.code = code;
		}

		private static String firstClass(String code) {
			Matcher matcher = CLASS.matcher(code);
			assertThat(matcher.find()).as(code).isTrue();
			return matcher.group(1);
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.code;
		}

	}

}
