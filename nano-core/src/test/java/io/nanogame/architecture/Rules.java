package io.nanogame.architecture;

import java.util.List;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The house rules of the engine.
 */
final class Rules {

	private static final List<String> PACKAGES = List.of("text", "protocol", "limit", "serialize", "time", "lane",
			"trace", "session", "observe", "group", "node", "user", "service", "resume", "route", "pipeline",
			"connection", "pomelo", "plain", "lengthid", "net", "memory", "dispatch", "server");

	/** A package is known only to those above it; those of one floor are strangers. */
	static final ArchRule FLOORS = floors();

	static final ArchRule EVERY_PACKAGE_HAS_A_FLOOR = classes().should()
		.resideInAnyPackage(PACKAGES.stream().map("io.nanogame."::concat).toArray(String[]::new));

	static final ArchRule NO_CYCLES = slices().matching("io.nanogame.(**)").should().beFreeOfCycles();

	/** Reference counting stays with the connections and the codecs. */
	static final ArchRule NETTY_STAYS_BELOW = noClasses().that()
		.resideOutsideOfPackages("io.nanogame.protocol", "io.nanogame.time", "io.nanogame.lane",
				"io.nanogame.connection", "io.nanogame.pomelo", "io.nanogame.plain", "io.nanogame.lengthid",
				"io.nanogame.net", "io.nanogame.memory", "io.nanogame.server")
		.should()
		.dependOnClassesThat(resideInAnyPackage("io.netty..", "reactor.."));

	static final ArchRule LANES_KNOW_NETTYS_TIMER_ONLY = noClasses().that()
		.resideInAnyPackage("io.nanogame.time", "io.nanogame.lane")
		.should()
		.dependOnClassesThat(nettyExcept("io.netty.util.."));

	static final ArchRule THE_SERVER_KNOWS_CHANNELS_AND_TLS_ONLY = noClasses().that()
		.resideInAPackage("io.nanogame.server")
		.should()
		.dependOnClassesThat(nettyExcept("io.netty.channel..", "io.netty.handler.ssl.."));

	static final ArchRule MEMORY_HAS_NO_SOCKETS = noClasses().that()
		.resideInAPackage("io.nanogame.memory")
		.should()
		.dependOnClassesThat(resideInAnyPackage("java.nio.channels..", "io.netty.channel..", "reactor..")
			.or(nameMatching("java\\.net\\.(Server)?Socket")));

	/** Tests move time on by hand, so whoever asks the system for it cannot be tested. */
	static final ArchRule ONLY_TIME_ASKS_THE_SYSTEM = noClasses().that()
		.resideOutsideOfPackage("io.nanogame.time")
		.should()
		.accessTargetWhere(describe("asks the system for the time", (access) -> asksTheSystem(access.getTarget())));

	static final ArchRule NO_SPRING = noClasses().should()
		.dependOnClassesThat(resideInAPackage("org.springframework.."));

	/** It may be missing from the class path. */
	static final ArchRule PROTOBUF_STAYS_BEHIND_ITS_DOOR = noClasses().that()
		.haveSimpleNameNotStartingWith("Protobuf")
		.should()
		.dependOnClassesThat(resideInAPackage("com.google.protobuf.."));

	/** Games see this class. */
	static final ArchRule SESSIONS_SHOW_NO_ENGINE = methods().that()
		.areDeclaredIn("io.nanogame.session.Session")
		.and()
		.arePublic()
		.should()
		.haveRawReturnType(not(resideInAPackage("io.nanogame..")).or(nameMatching(
				"io\\.nanogame\\.(session\\.(Attributes|CloseReason|Introduction|Session)|lane\\.Lane|serialize\\.Payloads)")));

	static final ArchRule HANDLES_OF_SESSIONS_STAY_IN_THE_ENGINE = noClasses().that()
		.resideOutsideOfPackages("io.nanogame.session", "io.nanogame.group", "io.nanogame.route",
				"io.nanogame.connection", "io.nanogame.dispatch", "io.nanogame.resume")
		.should()
		.dependOnClassesThat(nameMatching("io\\.nanogame\\.session\\.Session(Handle|Queue|Login)"));

	/** A method that only the engine calls belongs in the registry. */
	static final ArchRule THE_SESSIONS_HAVE_METHODS_FOR_GAMES_ONLY = publicMethods("session.Sessions",
			"find(ByUid)?|isLocal|all|count|(add|remove)Listener");

	/** A method that only the engine calls belongs in the handle. */
	static final ArchRule ATTRIBUTES_HAVE_METHODS_FOR_GAMES_ONLY = publicMethods("session.Attributes",
			"set(Local)?|get(Int|Long|Double|Boolean|String)?|computeIfAbsent|has|remove|state|restore|clear|size");

	/** Except the one that joins a cluster, which is another module. */
	static final ArchRule THE_SERVICES_HAVE_METHODS_FOR_GAMES_ONLY = publicMethods("service.Services",
			"offer|claim|any|on|at|all|withTimeout|names|isCaller|join");

	static final ArchRule THE_REGISTRY_OF_SESSIONS_STAYS_IN_THE_ENGINE = noClasses().that()
		.resideOutsideOfPackages("io.nanogame.session", "io.nanogame.connection", "io.nanogame.server")
		.should()
		.dependOnClassesThat(
				nameMatching("io\\.nanogame\\.session\\.((Session|Login)Registry|SessionPayloads|RestoredSessions)"));

	static final ArchRule PUBLIC_FIELDS_ARE_FINAL = fields().that().arePublic().should().beFinal();

	static final ArchRule NOTHING_STATIC_CHANGES = fields().that().areStatic().should().beFinal();

	private Rules() {
	}

	private static ArchRule publicMethods(String type, String names) {
		return methods().that().areDeclaredIn("io.nanogame." + type).and().arePublic().should().haveNameMatching(names);
	}

	private static boolean asksTheSystem(AccessTarget target) {
		String owner = target.getOwner().getName();
		String name = target.getName();
		return owner.equals("java.lang.System") && (name.equals("nanoTime") || name.equals("currentTimeMillis"))
				|| owner.startsWith("java.time.") && name.equals("now")
				|| owner.equals("java.time.Clock") && name.startsWith("system");
	}

	private static ArchRule floors() {
		LayeredArchitecture house = layeredArchitecture().consideringOnlyDependenciesInLayers()
			.withOptionalLayers(true);
		for (String name : PACKAGES) {
			house = house.layer(name).definedBy("io.nanogame." + name + "..");
		}
		house = knownTo(house, "text", "protocol", "serialize");
		for (String ground : List.of("protocol", "limit", "serialize", "lane")) {
			house = knownTo(house, ground, "session", "observe", "group", "node", "user", "service", "resume", "route",
					"pipeline", "connection", "pomelo", "plain", "lengthid", "net", "memory", "dispatch", "server");
		}
		house = knownTo(house, "time", "lane", "session", "observe", "group", "node", "user", "service", "resume",
				"route", "pipeline", "connection", "pomelo", "plain", "lengthid", "net", "memory", "dispatch",
				"server");
		house = knownTo(house, "trace", "service", "pipeline", "server");
		house = knownTo(house, "resume", "connection", "pomelo", "plain", "lengthid", "net", "memory", "server");
		house = knownTo(house, "session", "observe", "group", "node", "user", "resume", "route", "pipeline",
				"connection", "pomelo", "plain", "lengthid", "net", "memory", "dispatch", "server");
		house = knownTo(house, "observe", "service", "route", "pipeline", "connection", "pomelo", "plain", "lengthid",
				"net", "memory", "dispatch", "server");
		house = knownTo(house, "group", "dispatch", "server");
		// An interceptor sees the request of a route.
		house = knownTo(house, "route", "pipeline", "lengthid", "dispatch", "server");
		house = knownTo(house, "pipeline", "connection", "dispatch", "server");
		house = knownTo(house, "connection", "pomelo", "plain", "lengthid", "net", "memory", "server");
		house = knownTo(house, "pomelo", "server");
		house = knownTo(house, "net", "server");
		house = knownTo(house, "dispatch", "server");
		house = knownTo(house, "service", "server");
		// A caller of a service may choose the node.
		house = knownTo(house, "node", "service");
		for (String top : List.of("server", "plain", "lengthid", "memory", "user")) {
			house = house.whereLayer(top).mayNotBeAccessedByAnyLayer();
		}
		return house;
	}

	private static LayeredArchitecture knownTo(LayeredArchitecture house, String name, String... above) {
		return house.whereLayer(name).mayOnlyBeAccessedByLayers(above);
	}

	private static DescribedPredicate<JavaClass> nettyExcept(String... packages) {
		return resideInAPackage("io.netty..").and(not(resideInAnyPackage(packages)));
	}

}
