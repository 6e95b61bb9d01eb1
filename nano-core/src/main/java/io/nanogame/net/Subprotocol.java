package io.nanogame.net;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The subprotocol of a WebSocket, which means nothing to this server. A browser whose
 * page asks for some closes the connection unless one of them is in the answer, so the
 * first one is.
 */
public final class Subprotocol {

	private Subprotocol() {
	}

	/**
	 * Chooses one.
	 * @param asked the values of the header Sec-WebSocket-Protocol, each a list with
	 * commas
	 * @return the first of them, or null when there is none
	 */
	public static @Nullable String choose(List<String> asked) {
		for (String list : asked) {
			for (String name : list.split(",")) {
				if (!name.isBlank()) {
					return name.strip();
				}
			}
		}
		return null;
	}

}
