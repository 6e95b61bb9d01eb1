package io.nanogame.boot.autoconfigure.diagnostics;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Ends the start under a Spring Boot that is too old, before its missing classes do.
 * Loaded by any Spring Boot since 3, so it uses nothing newer.
 */
final class SupportedBoot implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	static final String OLDEST = "4.1";

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		check(SpringBootVersion.getVersion());
	}

	/** Versions that are not numbers are taken for newer ones. */
	static void check(@Nullable String version) {
		if (version != null && version.matches("([0-3]|4\\.0)\\..*")) {
			throw new UnsupportedBootException(version);
		}
	}

}
