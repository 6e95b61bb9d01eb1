package io.nanogame.boot.autoconfigure.actuate;

import java.util.List;
import java.util.Locale;

/**
 * Names of things as people and monitors read them.
 */
final class Words {

	/** The ways clients connect, as the engine counts them. */
	static final List<String> TRANSPORTS = List.of("tcp", "websocket", "servlet");

	private Words() {
	}

	static String of(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
