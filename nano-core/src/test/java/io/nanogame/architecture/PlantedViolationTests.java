package io.nanogame.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.ToolProvider;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each of the {@link Rules} can fail: small sources that break it are compiled and have
 * to be reported. They stand in the packages of the engine itself, so it is the rule as
 * it is that is put to the test.
 */
class PlantedViolationTests {

	private static final Set<String> BELOW_SESSION = Set.of("protocol", "serialize", "lane", "time");

	private static final Set<String> BELOW_GROUP = with(BELOW_SESSION, "session");

	private static final Set<String> BELOW_ROUTE = with(BELOW_GROUP, "observe");

	private static final Set<String> BELOW_PROTOCOL = with(BELOW_ROUTE, "connection", "resume");

	private static final Set<String> BELOW_DISPATCH = with(BELOW_ROUTE, "group", "route", "pipeline");

	/** The floors: what each package may know. */
	static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(Map.entry("protocol", Set.of()),
			Map.entry("serialize", Set.of()), Map.entry("trace", Set.of()), Map.entry("time", Set.of()),
			Map.entry("lane", Set.of("time")), Map.entry("session", BELOW_SESSION), Map.entry("observe", BELOW_GROUP),
			Map.entry("service", with(BELOW_SESSION, "observe", "trace", "node")), Map.entry("group", BELOW_GROUP),
			Map.entry("node", BELOW_GROUP), Map.entry("user", BELOW_GROUP), Map.entry("route", BELOW_ROUTE),
			Map.entry("pipeline", with(BELOW_ROUTE, "route", "trace")), Map.entry("resume", BELOW_GROUP),
			Map.entry("connection", with(BELOW_ROUTE, "pipeline", "resume")), Map.entry("pomelo", BELOW_PROTOCOL),
			Map.entry("plain", BELOW_PROTOCOL), Map.entry("lengthid", with(BELOW_PROTOCOL, "route")),
			Map.entry("net", BELOW_PROTOCOL), Map.entry("memory", BELOW_PROTOCOL),
			Map.entry("dispatch", BELOW_DISPATCH), Map.entry("server",
					with(BELOW_DISPATCH, "connection", "pomelo", "net", "dispatch", "service", "trace", "resume")));

	private static final Pattern KNOWS = Pattern
		.compile("<io\\.nanogame\\.(\\w+)\\.Knows\\w+\\.thing> has type <io\\.nanogame\\.(\\w+)\\.Thing>");

	@TempDir
	Path house;

	private static Set<String> with(Set<String> some, String... more) {
		Set<String> all = new HashSet<>(some);
		all.addAll(List.of(more));
		return all;
	}

	/** Compiles sources and returns what the rule has against them. */
	private List<String> violations(ArchRule rule, String... sources) throws IOException {
		List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", this.house.resolve("classes").toString()));
		for (String source : sources) {
			Path file = this.house.resolve("Source" + arguments.size()).resolve(name(source) + ".java");
			Files.createDirectories(file.getParent());
			arguments.add(Files.writeString(file, source).toString());
		}
		int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
		assertThat(failed).isZero();
		return rule.evaluate(new ClassFileImporter().importPath(this.house.resolve("classes")))
			.getFailureReport()
			.getDetails();
	}

	private static String name(String source) {
		Matcher matcher = Pattern.compile("(?:class|interface) (\\w+)").matcher(source);
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

	private static String type(String inPackage, String name) {
		return "package %s; public class %s { }".formatted(inPackage, name);
	}

	private static String user(String inPackage, String name, String used) {
		return "package %s; public class %s { %s thing; }".formatted(inPackage, name, used);
	}

	@Test
	void everyPackageThatKnowsOneItMustNotKnowIsReportedAndNoOther() throws Exception {
		List<String> sources = new ArrayList<>();
		Set<String> forbidden = new TreeSet<>();
		for (String floor : MAY_KNOW.keySet()) {
			sources.add(type("io.nanogame." + floor, "Thing"));
			for (String other : MAY_KNOW.keySet()) {
				if (!other.equals(floor)) {
					sources.add(user("io.nanogame." + floor, "Knows" + other, "io.nanogame." + other + ".Thing"));
					if (!MAY_KNOW.get(floor).contains(other)) {
						forbidden.add(floor + " knows " + other);
					}
				}
			}
		}
		Set<String> reported = new TreeSet<>();
		for (String line : violations(Rules.FLOORS, sources.toArray(String[]::new))) {
			Matcher matcher = KNOWS.matcher(line);
			assertThat(matcher.find()).as(line).isTrue();
			reported.add(matcher.group(1) + " knows " + matcher.group(2));
		}
		assertThat(reported).isEqualTo(forbidden)
			.contains("connection knows dispatch", "dispatch knows connection", "connection knows pomelo",
					"connection knows net", "pomelo knows net", "net knows pomelo");
	}

	@Test
	void aPackageWithoutAFloor() throws Exception {
		assertThat(violations(Rules.EVERY_PACKAGE_HAS_A_FLOOR, type("io.nanogame.util", "Strings"),
				type("io.nanogame.session", "Seat")))
			.singleElement()
			.asString()
			.contains("io.nanogame.util.Strings");
	}

	@Test
	void aCycleOfTwoPackages() throws Exception {
		assertThat(violations(Rules.NO_CYCLES, user("io.nanogame.group", "Here", "io.nanogame.route.There"),
				user("io.nanogame.route", "There", "io.nanogame.group.Here")))
			.singleElement()
			.asString()
			.contains("Slice group", "Slice route");
	}

	@Test
	void aCycleOfAPackageAndOneInsideIt() throws Exception {
		assertThat(violations(Rules.NO_CYCLES, user("io.nanogame.group", "Here", "io.nanogame.group.inner.There"),
				user("io.nanogame.group.inner", "There", "io.nanogame.group.Here")))
			.singleElement()
			.asString()
			.contains("Slice group", "Slice group.inner");
	}

	@Test
	void packagesThatKnowEachOtherOneWayAreNoCycle() throws Exception {
		assertThat(violations(Rules.NO_CYCLES, user("io.nanogame.group", "Here", "io.nanogame.session.There"),
				type("io.nanogame.session", "There")))
			.isEmpty();
	}

	@Test
	void aBufferAboveTheConnections() throws Exception {
		List<String> sources = new ArrayList<>(
				List.of(type("io.netty.buffer", "ByteBuf"), type("reactor.core.publisher", "Mono")));
		for (String above : List.of("serialize", "session", "group", "pipeline", "route", "dispatch")) {
			sources.add(user("io.nanogame." + above, "Holds" + above, "io.netty.buffer.ByteBuf"));
			sources.add(user("io.nanogame." + above, "Awaits" + above, "reactor.core.publisher.Mono"));
		}
		for (String at : List.of("protocol", "connection", "pomelo", "net", "memory")) {
			sources.add(user("io.nanogame." + at, "Holds" + at, "io.netty.buffer.ByteBuf"));
		}
		assertThat(inEngine(violations(Rules.NETTY_STAYS_BELOW, sources.toArray(String[]::new)))).hasSize(12)
			.noneMatch((line) -> line.matches(".*\\.(protocol|connection|pomelo|net|memory)\\..*"));
	}

	/** The stand-ins for libraries are no part of the house. */
	private static List<String> inEngine(List<String> violations) {
		return violations.stream().filter((line) -> line.startsWith("Field <io.nanogame.")).toList();
	}

	@Test
	void aLaneWithABuffer() throws Exception {
		assertThat(violations(Rules.LANES_KNOW_NETTYS_TIMER_ONLY, type("io.netty.buffer", "ByteBuf"),
				type("io.netty.util", "HashedWheelTimer"), user("io.nanogame.lane", "Holds", "io.netty.buffer.ByteBuf"),
				user("io.nanogame.lane", "Times", "io.netty.util.HashedWheelTimer")))
			.singleElement()
			.asString()
			.contains("io.nanogame.lane.Holds");
	}

	@Test
	void aSessionWithAClock() throws Exception {
		String clocks = """
				package io.nanogame.session;
				class Clocks {
					long nanos() { return System.nanoTime(); }
					java.util.function.LongSupplier millis() { return System::currentTimeMillis; }
					Object date() { return java.time.Instant.now(); }
					Object clock() { return java.time.Clock.systemUTC(); }
					Object given(java.time.Clock clock) { return clock.instant(); }
				}
				""";
		assertThat(violations(Rules.ONLY_TIME_ASKS_THE_SYSTEM, clocks, clocks.replace("session", "time"))).hasSize(4)
			.allMatch((line) -> line.contains("io.nanogame.session.Clocks"))
			.noneMatch((line) -> line.contains("given"));
	}

	@Test
	void aServerWithACodec() throws Exception {
		assertThat(violations(Rules.THE_SERVER_KNOWS_CHANNELS_AND_TLS_ONLY, type("io.netty.channel", "Channel"),
				type("io.netty.handler.ssl", "SslContext"), type("io.netty.handler.codec.http", "HttpRequest"),
				user("io.nanogame.server", "Opens", "io.netty.channel.Channel"),
				user("io.nanogame.server", "Encrypts", "io.netty.handler.ssl.SslContext"),
				user("io.nanogame.server", "Parses", "io.netty.handler.codec.http.HttpRequest")))
			.singleElement()
			.asString()
			.contains("io.nanogame.server.Parses");
	}

	@Test
	void aSocketInMemory() throws Exception {
		assertThat(violations(Rules.MEMORY_HAS_NO_SOCKETS, type("io.netty.channel", "Channel"),
				type("io.netty.buffer", "ByteBuf"), user("io.nanogame.memory", "Opens", "io.netty.channel.Channel"),
				user("io.nanogame.memory", "Connects", "java.net.Socket"),
				user("io.nanogame.memory", "Names", "java.net.InetSocketAddress"),
				user("io.nanogame.memory", "Holds", "io.netty.buffer.ByteBuf")))
			.hasSize(2)
			.allMatch((line) -> line.matches(".*memory\\.(Opens|Connects).*"));
	}

	@Test
	void aBeanInTheEngine() throws Exception {
		assertThat(violations(Rules.NO_SPRING, type("org.springframework.context", "ApplicationContext"),
				user("io.nanogame.server", "Bean", "org.springframework.context.ApplicationContext")))
			.singleElement()
			.asString()
			.contains("io.nanogame.server.Bean");
	}

	@Test
	void protobufWhereItMayBeMissing() throws Exception {
		assertThat(violations(Rules.PROTOBUF_STAYS_BEHIND_ITS_DOOR, type("com.google.protobuf", "MessageLite"),
				user("io.nanogame.serialize", "ProtobufThings", "com.google.protobuf.MessageLite"),
				user("io.nanogame.serialize", "Things", "com.google.protobuf.MessageLite")))
			.singleElement()
			.asString()
			.contains("io.nanogame.serialize.Things");
	}

	@Test
	void aSessionThatShowsItsConnection() throws Exception {
		String session = """
				package io.nanogame.session;
				public class Session {
					public Connection connection() { return null; }
					public SessionHandle handle() { return null; }
					public io.nanogame.lane.Mailbox mailbox() { return null; }
					public CloseReason closeReason() { return null; }
					public String uid() { return null; }
					public boolean isOpen() { return true; }
					SessionHandle inner() { return null; }
				}
				""";
		assertThat(violations(Rules.SESSIONS_SHOW_NO_ENGINE, session, type("io.nanogame.session", "Connection"),
				type("io.nanogame.session", "SessionHandle"), type("io.nanogame.session", "CloseReason"),
				type("io.nanogame.lane", "Mailbox")))
			.hasSize(3)
			.allMatch((line) -> line.matches(".*Session\\.(connection|handle|mailbox)\\(.*"));
	}

	@Test
	void aHandleOfASessionOutsideOfTheEngine() throws Exception {
		assertThat(violations(Rules.HANDLES_OF_SESSIONS_STAY_IN_THE_ENGINE,
				type("io.nanogame.session", "SessionHandle"), type("io.nanogame.session", "SessionQueue"),
				user("io.nanogame.user", "Holds", "io.nanogame.session.SessionHandle"),
				user("io.nanogame.pipeline", "Reads", "io.nanogame.session.SessionQueue"),
				user("io.nanogame.dispatch", "Handles", "io.nanogame.session.SessionHandle")))
			.hasSize(2)
			.allMatch((line) -> line.matches(".*(user\\.Holds|pipeline\\.Reads).*"));
	}

	@Test
	void aMethodOfTheSessionsThatIsNotForGames() throws Exception {
		String sessions = """
				package io.nanogame.session;
				public class Sessions {
					public Object find(long id) { return null; }
					public Object findByUid(String uid) { return null; }
					public int count() { return 0; }
					public java.util.concurrent.Executor workers() { return null; }
					public boolean open(Object session) { return true; }
					Object logins() { return null; }
				}
				""";
		assertThat(violations(Rules.THE_SESSIONS_HAVE_METHODS_FOR_GAMES_ONLY, sessions)).hasSize(2)
			.allMatch((line) -> line.matches(".*Sessions\\.(workers|open)\\(.*"));
	}

	@Test
	void aMethodOfAttributesThatIsNotForGames() throws Exception {
		String attributes = """
				package io.nanogame.session;
				public class Attributes {
					public Object get(String name) { return null; }
					public int getInt(String name) { return 0; }
					public void accept(String name, Object value) { }
					public Object getObserver() { return null; }
					void observe(Object changes) { }
				}
				""";
		assertThat(violations(Rules.ATTRIBUTES_HAVE_METHODS_FOR_GAMES_ONLY, attributes)).hasSize(2)
			.allMatch((line) -> line.matches(".*Attributes\\.(accept|getObserver)\\(.*"));
	}

	@Test
	void aMethodOfTheServicesThatIsNotForGames() throws Exception {
		String services = """
				package io.nanogame.service;
				public class Services {
					public Object offer(Object service) { return null; }
					public Object find(String name) { return null; }
					Object instances(String name) { return null; }
				}
				""";
		assertThat(violations(Rules.THE_SERVICES_HAVE_METHODS_FOR_GAMES_ONLY, services)).singleElement()
			.asString()
			.contains("Services.find(");
	}

	@Test
	void theRegistryOfSessionsOutsideOfTheEngine() throws Exception {
		assertThat(violations(Rules.THE_REGISTRY_OF_SESSIONS_STAYS_IN_THE_ENGINE,
				type("io.nanogame.session", "SessionRegistry"), type("io.nanogame.session", "LoginRegistry"),
				type("io.nanogame.session", "SessionPayloads"), type("io.nanogame.session", "RestoredSessions"),
				user("io.nanogame.user", "Opens", "io.nanogame.session.SessionRegistry"),
				user("io.nanogame.group", "Binds", "io.nanogame.session.LoginRegistry"),
				user("io.nanogame.route", "Writes", "io.nanogame.session.SessionPayloads"),
				user("io.nanogame.dispatch", "Restores", "io.nanogame.session.RestoredSessions"),
				user("io.nanogame.connection", "Admits", "io.nanogame.session.SessionRegistry"),
				user("io.nanogame.server", "Builds", "io.nanogame.session.SessionPayloads")))
			.hasSize(4)
			.allMatch((line) -> line.matches(".*(user\\.Opens|group\\.Binds|route\\.Writes|dispatch\\.Restores).*"));
	}

	@Test
	void aPublicFieldThatChanges() throws Exception {
		String open = "package io.nanogame.group; public class Open { public int count; public final int size = 1; "
				+ "int inner; }";
		assertThat(violations(Rules.PUBLIC_FIELDS_ARE_FINAL, open)).singleElement()
			.asString()
			.contains("io.nanogame.group.Open.count");
	}

	@Test
	void aStaticFieldThatChanges() throws Exception {
		String global = "package io.nanogame.group; class Global { private static int count; static final int SIZE = 1; "
				+ "private int inner; }";
		assertThat(violations(Rules.NOTHING_STATIC_CHANGES, global)).singleElement()
			.asString()
			.contains("io.nanogame.group.Global.count");
	}

}
