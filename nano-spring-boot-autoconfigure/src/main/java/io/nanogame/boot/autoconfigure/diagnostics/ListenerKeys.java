package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.net.Listener;

/**
 * The keys that describe a listener.
 */
final class ListenerKeys {

	private ListenerKeys() {
	}

	static String of(String listener, String key) {
		return (listener.equals(Listener.DEFAULT_NAME) ? "nano.server." : "nano.listeners." + listener + ".") + key;
	}

}
