package io.nanogame.spring.web.servlet;

import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;

import io.nanogame.net.Subprotocol;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;

/**
 * Accepts WebSockets as the game port does, but negotiates no extensions. Browsers offer
 * compression, which costs hundreds of kilobytes for each connection and gains little for
 * small packets. A container would accept the offer by itself, so the header is hidden
 * from it.
 */
final class GameUpgradeStrategy extends StandardWebSocketUpgradeStrategy {

	private final List<String> subprotocols;

	/**
	 * Creates a strategy.
	 * @param subprotocols those of the game, by preference
	 */
	GameUpgradeStrategy(List<String> subprotocols) {
		this.subprotocols = subprotocols;
	}

	@Override
	public void upgrade(ServerHttpRequest request, ServerHttpResponse response, @Nullable String protocol,
			List<WebSocketExtension> extensions, @Nullable Principal user, WebSocketHandler handler,
			Map<String, Object> attributes) {
		ServerHttpRequest plain = new ServletServerHttpRequest(new WithoutExtensions(getHttpServletRequest(request)));
		String chosen = Subprotocol.choose(request.getHeaders().getOrEmpty(WebSocketHttpHeaders.SEC_WEBSOCKET_PROTOCOL),
				this.subprotocols);
		super.upgrade(plain, response, chosen, List.of(), user, handler, attributes);
	}

	private static final class WithoutExtensions extends HttpServletRequestWrapper {

		WithoutExtensions(HttpServletRequest request) {
			super(request);
		}

		@Override
		public Enumeration<String> getHeaders(String name) {
			return name.equalsIgnoreCase(WebSocketHttpHeaders.SEC_WEBSOCKET_EXTENSIONS) ? Collections.emptyEnumeration()
					: super.getHeaders(name);
		}

	}

}
