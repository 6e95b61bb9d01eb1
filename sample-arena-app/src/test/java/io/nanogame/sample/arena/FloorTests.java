package io.nanogame.sample.arena;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

/**
 * Checks that the sample uses API packages only.
 */
@AnalyzeClasses(packagesOf = ArenaApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class FloorTests {

	private static final String API = "io\\.nanogame\\.(sample\\.arena|route|session|spring|"
			+ "spring\\.room|spring\\.security)";

	@ArchTest
	static final ArchRule onlyApiPackagesAreUsed = classes().should()
		.onlyDependOnClassesThat(describe("are API, or not nano's", FloorTests::isAllowed));

	private static boolean isAllowed(JavaClass used) {
		return !used.getPackageName().startsWith("io.nanogame") || used.getPackageName().matches(API);
	}

}
