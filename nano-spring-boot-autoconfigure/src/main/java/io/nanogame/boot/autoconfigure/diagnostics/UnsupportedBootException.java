package io.nanogame.boot.autoconfigure.diagnostics;

/**
 * Thrown when the app runs on a Spring Boot that is too old for this version of nano.
 */
final class UnsupportedBootException extends IllegalStateException {

	UnsupportedBootException(String version) {
		super("nano for Spring Boot needs Spring Boot %s or newer, and this application runs on %s"
			.formatted(SupportedBoot.OLDEST, version));
	}

}
