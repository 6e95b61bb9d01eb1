package io.nanogame.boot.autoconfigure.web;

import io.nanogame.boot.autoconfigure.NanoProperties;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Where in the app's web server the game is.
 */
final class GamePath {

	static final String KEY = "nano.web.path";

	private GamePath() {
	}

	static String of(NanoProperties properties) {
		String path = properties.web().path();
		if (path == null || !path.startsWith("/")) {
			throw new InvalidConfigurationPropertyValueException(KEY, path,
					"It must begin with a slash. Leave it out to keep the game to its own port.");
		}
		return path;
	}

}
