package io.nanogame.cli;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.nanogame.planted.lower.Lower;
import io.nanogame.planted.upper.Upper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** Checks the dependencies of the command line. */
class ArchitectureTests {

	private static final ArchRule NO_CYCLE = slices().matching("io.nanogame.(**)").should().beFreeOfCycles();

	private static final ArchRule NO_SERVER = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.nanogame.server..", "io.nanogame.session..");

	private static final ArchRule PICOCLI_IN_COMMANDS_ONLY = noClasses().that()
		.resideOutsideOfPackage("io.nanogame.cli")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("picocli..");

	static final ArchRule[] RULES = { NO_CYCLE, NO_SERVER, PICOCLI_IN_COMMANDS_ONLY };

	private static final JavaClasses OURS = new ClassFileImporter()
		.importUrl(NanoCommand.class.getProtectionDomain().getCodeSource().getLocation());

	private static final JavaClasses PLANTED = new ClassFileImporter().importClasses(Upper.class, Lower.class);

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
