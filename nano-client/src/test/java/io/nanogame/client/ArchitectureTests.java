package io.nanogame.client;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.nanogame.planted.Planted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the dependencies of the Java client.
 */
class ArchitectureTests {

	private static final ArchRule PROTOCOL_AND_PAYLOADS_ONLY = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.nanogame.session..", "io.nanogame.route..", "io.nanogame.group..", "io.nanogame.lane..",
				"io.nanogame.connection..", "io.nanogame.pomelo..", "io.nanogame.net..", "io.nanogame.dispatch..",
				"io.nanogame.server..");

	private static final ArchRule MICROMETER_IN_METRICS_ONLY = noClasses().that()
		.haveSimpleNameNotContaining("ClientMetrics")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.micrometer..");

	private static final ArchRule NO_PROTOBUF = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("com.google.protobuf..");

	private static final ArchRule JACKSON_AS_A_DEFAULT_AND_FOR_ROOMS_ONLY = noClasses().that()
		.haveNameNotMatching(".*\\.(NanoClientBuilder|\\w*Room\\w*)(\\$.*)?")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("tools.jackson..");

	private static final ArchRule PUBLIC_FIELDS_ARE_FINAL = fields().that().arePublic().should().beFinal();

	private static final ArchRule STATIC_FIELDS_ARE_FINAL = fields().that().areStatic().should().beFinal();

	static final ArchRule[] RULES = { PROTOCOL_AND_PAYLOADS_ONLY, MICROMETER_IN_METRICS_ONLY, NO_PROTOBUF,
			JACKSON_AS_A_DEFAULT_AND_FOR_ROOMS_ONLY, PUBLIC_FIELDS_ARE_FINAL, STATIC_FIELDS_ARE_FINAL };

	private static final JavaClasses OURS = new ClassFileImporter()
		.importUrl(NanoClient.class.getProtectionDomain().getCodeSource().getLocation());

	private static final JavaClasses PLANTED = new ClassFileImporter().importClasses(Planted.class);

	@ParameterizedTest
	@FieldSource("RULES")
	void theModuleKeepsTheRule(ArchRule rule) {
		rule.check(OURS);
	}

	@ParameterizedTest
	@FieldSource("RULES")
	void theRuleDetectsAViolation(ArchRule rule) {
		assertThat(rule.evaluate(PLANTED).hasViolation()).isTrue();
	}

}
