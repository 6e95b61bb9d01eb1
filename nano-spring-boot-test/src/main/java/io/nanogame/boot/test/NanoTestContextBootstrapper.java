package io.nanogame.boot.test;

import java.util.Arrays;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Starts contexts of {@link NanoTest}, without a web server, not even a mock one. */
final class NanoTestContextBootstrapper extends TestSliceTestContextBootstrapper<NanoTest> {

	private static final String NO_WEB_SERVER = "spring.main.web-application-type=none";

	@Override
	protected String @Nullable [] getProperties(Class<?> testClass) {
		String[] own = super.getProperties(testClass);
		Stream<String> given = (own != null) ? Arrays.stream(own) : Stream.empty();
		return Stream.concat(Stream.of(NO_WEB_SERVER), given).toArray(String[]::new);
	}

}
