package io.nanogame.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.nanogame.boot.autoconfigure.NanoProperties.Listener;

/**
 * The names of listeners, of which an environment variable can write only small letters
 * and digits: {@code NANO_LISTENERS_MYPAGES_PORT} sets the port of {@code my-pages}.
 */
final class ListenerNames {

	private ListenerNames() {
	}

	/**
	 * Takes away the second names that environment variables give to listeners. Boot
	 * binds the same keys to both.
	 * @param listeners by all names
	 * @return by the names that the files of the app give them
	 */
	static Map<String, Listener> withoutSecond(Map<String, Listener> listeners) {
		Map<String, Listener> all = new LinkedHashMap<>(listeners);
		listeners.forEach((name, listener) -> {
			String second = name.replace("-", "").toLowerCase(Locale.ROOT);
			if (!name.equals(second) && listener.equals(listeners.get(second))) {
				all.remove(second);
			}
		});
		return all;
	}

}
