package io.nanogame.boot.test;

import java.util.List;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ArchitectureTests {

	private static final List<ArchRule> RULES = List.of(
			slices().matching("io.nanogame.boot.(**)").should().beFreeOfCycles(),
			noClasses().that()
				.resideInAPackage("io.nanogame.boot..client")
				.should()
				.dependOnClassesThat()
				.resideInAPackage("io.nanogame.boot..slice"),
			noClasses().that()
				.resideInAPackage("io.nanogame.boot..slice")
				.should()
				.dependOnClassesThat()
				.haveNameMatching("java\\.net\\.(Server)?Socket|java\\.nio\\.channels\\..*|io\\.netty\\.channel\\..*"
						+ "|reactor\\..*|io\\.nanogame\\.client\\..*"));

	private final JavaClasses main = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.nanogame.boot.test");

	private final JavaClasses planted = new ClassFileImporter().importPackages("io.nanogame.boot.planted");

	@ParameterizedTest
	@FieldSource("RULES")
	void theModuleKeepsTheRuleAndTheRuleDetectsAViolation(ArchRule rule) {
		rule.check(this.main);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> rule.check(this.planted));
	}

}
