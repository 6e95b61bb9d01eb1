package io.nanogame.cluster;

import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.nanogame.cluster.peer.Planted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What may know what.
 */
class ArchitectureTests {

	private static final List<String> PARTS = List.of("bus", "bus.nats", "bus.memory", "state", "frame", "peer", "node",
			"move", "gateway", "backend", "group", "push", "service", "user", "handover");

	private static final Set<String> SYSTEM_TIME = Set.of("java.lang.System.nanoTime",
			"java.lang.System.currentTimeMillis", "java.time.Instant.now", "java.time.LocalDateTime.now",
			"java.time.ZonedDateTime.now", "java.time.Clock.systemUTC", "java.time.Clock.systemDefaultZone");

	private static final Set<String> FUTURE_TIMERS = Set.of("delayedExecutor", "orTimeout", "completeOnTimeout");

	private static final ArchRule FLOORS = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("bus")
		.definedBy("io.nanogame.cluster.bus")
		.layer("bus.nats")
		.definedBy("io.nanogame.cluster.bus.nats")
		.layer("bus.memory")
		.definedBy("io.nanogame.cluster.bus.memory")
		.layer("state")
		.definedBy("io.nanogame.cluster.state..")
		.layer("frame")
		.definedBy("io.nanogame.cluster.frame..")
		.layer("peer")
		.definedBy("io.nanogame.cluster.peer..")
		.layer("node")
		.definedBy("io.nanogame.cluster.node..")
		.layer("move")
		.definedBy("io.nanogame.cluster.move..")
		.layer("gateway")
		.definedBy("io.nanogame.cluster.gateway..")
		.layer("backend")
		.definedBy("io.nanogame.cluster.backend..")
		.layer("group")
		.definedBy("io.nanogame.cluster.group..")
		.layer("push")
		.definedBy("io.nanogame.cluster.push..")
		.layer("service")
		.definedBy("io.nanogame.cluster.service..")
		.layer("user")
		.definedBy("io.nanogame.cluster.user..")
		.layer("handover")
		.definedBy("io.nanogame.cluster.handover..")
		.layer("whole")
		.definedBy("io.nanogame.cluster")
		.whereLayer("whole")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("bus.nats")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("bus.memory")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("peer")
		.mayOnlyBeAccessedByLayers("node", "move", "gateway", "backend", "group", "push", "service", "user", "handover",
				"whole")
		.whereLayer("node")
		.mayOnlyBeAccessedByLayers("gateway", "backend", "group", "push", "service", "user", "handover", "whole")
		.whereLayer("move")
		.mayOnlyBeAccessedByLayers("gateway", "group", "user", "handover", "whole")
		.whereLayer("gateway")
		.mayOnlyBeAccessedByLayers("handover", "whole")
		.whereLayer("backend")
		.mayOnlyBeAccessedByLayers("group", "handover", "whole")
		.whereLayer("group")
		.mayOnlyBeAccessedByLayers("push", "handover", "whole")
		.whereLayer("push")
		.mayOnlyBeAccessedByLayers("whole")
		.whereLayer("service")
		.mayOnlyBeAccessedByLayers("whole")
		.whereLayer("user")
		.mayOnlyBeAccessedByLayers("handover", "whole")
		.whereLayer("handover")
		.mayOnlyBeAccessedByLayers("whole");

	private static final ArchRule NATS_STAYS_BELOW = noClasses().that()
		.resideOutsideOfPackage("io.nanogame.cluster.bus.nats")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.nats..");

	private static final ArchRule BYTES_STAY_IN_FRAMES = noClasses().that()
		.resideOutsideOfPackages("io.nanogame.cluster.frame..", "io.nanogame.cluster.peer..",
				"io.nanogame.cluster.service..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("com.google.protobuf..");

	/** A session that moves takes its connection along, or what is left of it. */
	private static final ArchRule NO_TRANSPORT = noClasses().that()
		.resideOutsideOfPackage("io.nanogame.cluster.handover..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.nanogame.connection..", "io.nanogame.pomelo..", "io.nanogame.net..",
				"org.springframework..", "io.netty.channel..", "io.netty.buffer..");

	/** The server's time is virtual in tests. */
	private static final ArchRule NOTHING_ASKS_THE_SYSTEM_FOR_THE_TIME = noClasses().should()
		.accessTargetWhere(describe("asks the system for the time",
				(access) -> SYSTEM_TIME.contains(access.getTarget().getOwner().getName() + "." + access.getName())));

	/** A call that another node serves has a limit of real time. */
	private static final ArchRule FUTURES_HAVE_NO_TIMERS = noClasses().that()
		.resideOutsideOfPackage("io.nanogame.cluster.service..")
		.should()
		.accessTargetWhere(describe("starts a timer of the system",
				(access) -> access.getTarget().getOwner().isEquivalentTo(CompletableFuture.class)
						&& FUTURE_TIMERS.contains(access.getName())));

	private static final ArchRule NOTHING_STATIC_CHANGES = fields().that().areStatic().should().beFinal();

	static final ArchRule[] RULES = { FLOORS, NATS_STAYS_BELOW, BYTES_STAY_IN_FRAMES, NO_TRANSPORT,
			NOTHING_ASKS_THE_SYSTEM_FOR_THE_TIME, FUTURES_HAVE_NO_TIMERS, NOTHING_STATIC_CHANGES };

	private static final URL HOUSE = ClusterNode.class.getProtectionDomain().getCodeSource().getLocation();

	private static final JavaClasses OURS = new ClassFileImporter().importUrl(HOUSE);

	private static final JavaClasses WITH_PLANTED = new ClassFileImporter()
		.importUrls(List.of(HOUSE, planted("peer"), planted("user")));

	private static URL planted(String part) {
		return (part.equals("peer") ? Planted.class : io.nanogame.cluster.user.Planted.class)
			.getResource("Planted.class");
	}

	@ParameterizedTest
	@FieldSource("RULES")
	void theModuleKeepsTheRule(ArchRule rule) {
		rule.check(OURS);
	}

	@ParameterizedTest
	@FieldSource("RULES")
	void theRuleFailsWhereItIsBroken(ArchRule rule) {
		assertThat(rule.evaluate(WITH_PLANTED).hasViolation()).isTrue();
	}

	@Test
	void noPartIsEmpty() {
		for (String part : PARTS) {
			assertThat(OURS.that(resideInAPackage("io.nanogame.cluster." + part))).as(part).isNotEmpty();
		}
	}

}
