package io.nanogame.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The house rules of the engine.
 */
final class Rules {

	private static final String[] PACKAGES = { "io.nanogame.protocol", "io.nanogame.serialize", "io.nanogame.lane",
			"io.nanogame.session", "io.nanogame.group", "io.nanogame.pipeline", "io.nanogame.route",
			"io.nanogame.transport", "io.nanogame.dispatch", "io.nanogame.server" };

	/** A package is known only to those above it; those of one floor are strangers. */
	static final ArchRule FLOORS = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.withOptionalLayers(true)
		.layer("protocol")
		.definedBy("io.nanogame.protocol..")
		.layer("serialize")
		.definedBy("io.nanogame.serialize..")
		.layer("lane")
		.definedBy("io.nanogame.lane..")
		.layer("session")
		.definedBy("io.nanogame.session..")
		.layer("group")
		.definedBy("io.nanogame.group..")
		.layer("route")
		.definedBy("io.nanogame.route..")
		.layer("pipeline")
		.definedBy("io.nanogame.pipeline..")
		.layer("transport")
		.definedBy("io.nanogame.transport..")
		.layer("dispatch")
		.definedBy("io.nanogame.dispatch..")
		.layer("server")
		.definedBy("io.nanogame.server..")
		.whereLayer("protocol")
		.mayOnlyBeAccessedByLayers("session", "group", "route", "pipeline", "transport", "dispatch", "server")
		.whereLayer("serialize")
		.mayOnlyBeAccessedByLayers("session", "group", "route", "pipeline", "transport", "dispatch", "server")
		.whereLayer("lane")
		.mayOnlyBeAccessedByLayers("session", "group", "route", "pipeline", "transport", "dispatch", "server")
		.whereLayer("session")
		.mayOnlyBeAccessedByLayers("group", "route", "pipeline", "transport", "dispatch", "server")
		.whereLayer("group")
		.mayOnlyBeAccessedByLayers("transport", "dispatch", "server")
		// An interceptor sees the request of a route.
		.whereLayer("route")
		.mayOnlyBeAccessedByLayers("pipeline", "transport", "dispatch", "server")
		.whereLayer("pipeline")
		.mayOnlyBeAccessedByLayers("transport", "dispatch", "server")
		.whereLayer("transport")
		.mayOnlyBeAccessedByLayers("server")
		.whereLayer("dispatch")
		.mayOnlyBeAccessedByLayers("server")
		.whereLayer("server")
		.mayNotBeAccessedByAnyLayer();

	static final ArchRule EVERY_PACKAGE_HAS_A_FLOOR = classes().should().resideInAnyPackage(PACKAGES);

	static final ArchRule NO_CYCLES = slices().matching("io.nanogame.(**)").should().beFreeOfCycles();

	/** Reference counting stays in the transport and the codecs. */
	static final ArchRule NETTY_STAYS_BELOW = noClasses().that()
		.resideOutsideOfPackages("io.nanogame.protocol", "io.nanogame.lane", "io.nanogame.transport",
				"io.nanogame.server")
		.should()
		.dependOnClassesThat(resideInAnyPackage("io.netty..", "reactor.."));

	static final ArchRule LANES_KNOW_NETTYS_TIMER_ONLY = noClasses().that()
		.resideInAPackage("io.nanogame.lane")
		.should()
		.dependOnClassesThat(nettyExcept("io.netty.util.."));

	static final ArchRule THE_SERVER_KNOWS_CHANNELS_AND_TLS_ONLY = noClasses().that()
		.resideInAPackage("io.nanogame.server")
		.should()
		.dependOnClassesThat(nettyExcept("io.netty.channel..", "io.netty.handler.ssl.."));

	static final ArchRule NO_SPRING = noClasses().should()
		.dependOnClassesThat(resideInAPackage("org.springframework.."));

	/** It may be missing from the class path. */
	static final ArchRule PROTOBUF_STAYS_BEHIND_ITS_DOOR = noClasses().that()
		.haveSimpleNameNotStartingWith("Protobuf")
		.should()
		.dependOnClassesThat(resideInAPackage("com.google.protobuf.."));

	static final ArchRule PUBLIC_FIELDS_ARE_FINAL = fields().that().arePublic().should().beFinal();

	static final ArchRule NOTHING_STATIC_CHANGES = fields().that().areStatic().should().beFinal();

	private Rules() {
	}

	private static DescribedPredicate<JavaClass> nettyExcept(String... packages) {
		return resideInAPackage("io.netty..").and(not(resideInAnyPackage(packages)));
	}

}
