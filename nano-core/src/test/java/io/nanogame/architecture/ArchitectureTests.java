package io.nanogame.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine keeps its {@link Rules}.
 */
@AnalyzeClasses(packages = "io.nanogame",
		importOptions = { ImportOption.DoNotIncludeTests.class, ArchitectureTests.DoNotIncludeTestSupport.class })
class ArchitectureTests {

	@ArchTest
	static final ArchRule floors = Rules.FLOORS;

	@ArchTest
	static final ArchRule everyPackageHasAFloor = Rules.EVERY_PACKAGE_HAS_A_FLOOR;

	@ArchTest
	static final ArchRule noCycles = Rules.NO_CYCLES;

	@ArchTest
	static final ArchRule nettyStaysBelow = Rules.NETTY_STAYS_BELOW;

	@ArchTest
	static final ArchRule lanesKnowNettysTimerOnly = Rules.LANES_KNOW_NETTYS_TIMER_ONLY;

	@ArchTest
	static final ArchRule theServerKnowsChannelsAndTlsOnly = Rules.THE_SERVER_KNOWS_CHANNELS_AND_TLS_ONLY;

	@ArchTest
	static final ArchRule memoryHasNoSockets = Rules.MEMORY_HAS_NO_SOCKETS;

	@ArchTest
	static final ArchRule onlyTimeAsksTheSystem = Rules.ONLY_TIME_ASKS_THE_SYSTEM;

	@ArchTest
	static final ArchRule noSpring = Rules.NO_SPRING;

	@ArchTest
	static final ArchRule protobufStaysBehindItsDoor = Rules.PROTOBUF_STAYS_BEHIND_ITS_DOOR;

	@ArchTest
	static final ArchRule sessionsShowNoEngine = Rules.SESSIONS_SHOW_NO_ENGINE;

	@ArchTest
	static final ArchRule handlesOfSessionsStayInTheEngine = Rules.HANDLES_OF_SESSIONS_STAY_IN_THE_ENGINE;

	@ArchTest
	static final ArchRule theSessionsHaveMethodsForGamesOnly = Rules.THE_SESSIONS_HAVE_METHODS_FOR_GAMES_ONLY;

	@ArchTest
	static final ArchRule attributesHaveMethodsForGamesOnly = Rules.ATTRIBUTES_HAVE_METHODS_FOR_GAMES_ONLY;

	@ArchTest
	static final ArchRule theServicesHaveMethodsForGamesOnly = Rules.THE_SERVICES_HAVE_METHODS_FOR_GAMES_ONLY;

	@ArchTest
	static final ArchRule theRegistryOfSessionsStaysInTheEngine = Rules.THE_REGISTRY_OF_SESSIONS_STAYS_IN_THE_ENGINE;

	@ArchTest
	static final ArchRule publicFieldsAreFinal = Rules.PUBLIC_FIELDS_ARE_FINAL;

	@ArchTest
	static final ArchRule nothingStaticChanges = Rules.NOTHING_STATIC_CHANGES;

	@ArchTest
	static void noFloorIsEmpty(JavaClasses engine) {
		for (String floor : PlantedViolationTests.MAY_KNOW.keySet()) {
			assertThat(engine.that(resideInAPackage("io.nanogame." + floor))).as(floor).isNotEmpty();
		}
	}

	/** What the tests of all modules share is no part of the engine. */
	static final class DoNotIncludeTestSupport implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return !location.contains("/nano-test-support");
		}

	}

}
