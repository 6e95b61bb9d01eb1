package io.nanogame.net;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Chooses the subprotocol of a WebSocket. It has no meaning for this server, but a
 * browser closes the connection unless the response names one of those that its page has
 * requested.
 */
public final class Subprotocol {

	private Subprotocol() {
	}

	/**
	 * Chooses the first requested subprotocol.
	 * @param requested the values of the header Sec-WebSocket-Protocol, each a list
	 * separated by commas
	 * @return the first of them, or null when there is none
	 */
	public static @Nullable String choose(List<String> requested) {
		for (String list : requested) {
			for (String name : list.split(",")) {
				if (!name.isBlank()) {
					return name.strip();
				}
			}
		}
		return null;
	}

}
