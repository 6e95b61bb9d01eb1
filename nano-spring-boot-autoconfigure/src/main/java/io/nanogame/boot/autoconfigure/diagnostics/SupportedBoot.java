package io.nanogame.boot.autoconfigure.diagnostics;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Fails the start under an old Spring Boot with a message, before a missing class does.
 * Uses only classes of Spring Boot 3.
 */
final class SupportedBoot implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	static final String OLDEST = "4.1";

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		check(SpringBootVersion.getVersion());
	}

	/** Checks the version. A version that is not a number is assumed to be newer. */
	static void check(@Nullable String version) {
		if (version != null && version.matches("([0-3]|4\\.0)\\..*")) {
			throw new UnsupportedBootException(version);
		}
	}

}
