package io.nanogame.spring;

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

/**
 * The dependency rules of the packages.
 */
class ArchitectureTests {

	private static final ArchRule NO_CYCLE = slices().matching("io.nanogame.(**)").should().beFreeOfCycles();

	private static final ArchRule NO_BOOT = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	private static final ArchRule NO_DISPATCH = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("io.nanogame.dispatch..");

	private static final ArchRule TRANSPORT_IN_WEB_ONLY = noClasses().that()
		.resideOutsideOfPackage("io.nanogame.spring.web..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.nanogame.connection..", "io.nanogame.pomelo..", "io.nanogame.net..");

	private static final ArchRule HANDLES_OF_SESSIONS_IN_WEB_ONLY = noClasses().that()
		.resideOutsideOfPackage("io.nanogame.spring.web..")
		.should()
		.dependOnClassesThat()
		.haveNameMatching("io\\.nanogame\\.session\\.(Session(Handle|Queue|Login|Registry|Payloads)|LoginRegistry)");

	private static final ArchRule SPRING_SECURITY_IN_SECURITY_ONLY = noClasses().that()
		.resideOutsideOfPackage("io.nanogame.spring.security..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.security..");

	static final ArchRule[] RULES = { NO_CYCLE, NO_BOOT, NO_DISPATCH, TRANSPORT_IN_WEB_ONLY,
			HANDLES_OF_SESSIONS_IN_WEB_ONLY, SPRING_SECURITY_IN_SECURITY_ONLY };

	private static final JavaClasses OURS = new ClassFileImporter()
		.importUrl(GameComponents.class.getProtectionDomain().getCodeSource().getLocation());

	private static final JavaClasses PLANTED = new ClassFileImporter().importClasses(Upper.class, Lower.class);

	@ParameterizedTest
	@FieldSource("RULES")
	void theModuleKeepsTheRule(ArchRule rule) {
		rule.check(OURS);
	}

	@ParameterizedTest
	@FieldSource("RULES")
	void theRuleFailsWhereItIsBroken(ArchRule rule) {
		assertThat(rule.evaluate(PLANTED).hasViolation()).isTrue();
	}

}
