package io.nanogame.net;

import io.nanogame.session.UpgradeRequest;

/**
 * Decides whether the pages of an origin may open a WebSocket, if they are not of the
 * same host and the origin is not in the list of allowed origins. Called on an event loop
 * or a thread of the web server: it must not block. Thread-safe.
 */
@FunctionalInterface
public interface OriginFilter {

	/**
	 * Returns whether a page may connect.
	 * @param origin the origin of the page, such as {@code https://game.example}, or
	 * {@code null} as text if the browser conceals it
	 * @param request the request, which may contain secrets
	 * @return true to accept it; with several filters, one suffices
	 */
	boolean allows(String origin, UpgradeRequest request);

}
