package io.nanogame.boot.autoconfigure;

import java.util.List;

import io.nanogame.net.OriginFilter;
import io.nanogame.net.OriginPolicy;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Packets in WebSocket messages.
 *
 * @param enabled Whether to accept WebSocket clients on the port.
 * @param path Path for WebSockets. By default any path.
 * @param allowedOrigins Origins of web pages that may connect, besides those of the same
 * host. Use '*' for all. Also applies to 'nano.web.path'.
 * @param subprotocols WebSocket subprotocols of the game, by preference.
 * @param maxRequestLineSize Maximum size of the request line of a WebSocket handshake,
 * which contains path and query. Longer requests are rejected with 414.
 * @param maxHeaderSize Maximum total size of the headers of a WebSocket handshake
 * request. Larger requests are rejected with 431.
 */
public record WebsocketProperties(@DefaultValue("true") boolean enabled, @DefaultValue("") String path,
		@DefaultValue List<String> allowedOrigins, @DefaultValue List<String> subprotocols,
		@DefaultValue("8KB") DataSize maxRequestLineSize, @DefaultValue("8KB") DataSize maxHeaderSize) {

	/**
	 * Internal. Returns the policy that the list and the filters make up.
	 * @param prefix the prefix of the keys
	 * @param filters the filters of the app
	 */
	public OriginPolicy origins(String prefix, List<OriginFilter> filters) {
		return new OriginPolicy(Checks.origins(prefix + ".allowed-origins", this.allowedOrigins), filters);
	}

}
