package io.nanogame.boot.autoconfigure.actuate;

import java.util.List;
import java.util.Locale;

/**
 * Names of enum constants and transports for endpoints and meters.
 */
final class Labels {

	/** The transports, as the engine counts them. */
	static final List<String> TRANSPORTS = List.of("tcp", "websocket", "servlet");

	private Labels() {
	}

	static String of(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
