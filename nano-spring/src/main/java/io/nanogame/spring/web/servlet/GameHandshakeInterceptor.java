package io.nanogame.spring.web.servlet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.nanogame.connection.UrlQuery;
import io.nanogame.net.ListenerSettings;
import io.nanogame.server.GameServer;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Accepts clients while the server runs and is below its connection limits, if their
 * address and the origin of their page may connect.
 */
final class GameHandshakeInterceptor implements HandshakeInterceptor {

	private final GameServer server;

	private final ListenerSettings clients;

	GameHandshakeInterceptor(GameServer server, ListenerSettings clients) {
		this.server = server;
		this.clients = clients;
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) throws IOException {
		HttpHeaders headers = request.getHeaders();
		if (!this.server.isRunning()) {
			return reject(response, HttpStatus.SERVICE_UNAVAILABLE, "The game server does not run.");
		}
		if (!this.clients.addresses().allows(request.getRemoteAddress())) {
			return reject(response, HttpStatus.FORBIDDEN, "Clients of this address may not connect.");
		}
		if (!this.clients.upgrade()
			.origins()
			.allows(headers.getOrigin(), headers.getFirst(HttpHeaders.HOST),
					() -> ServletClient.upgrade(request.getURI(), headers))) {
			return reject(response, HttpStatus.FORBIDDEN, "Pages of this origin may not connect.");
		}
		if (!isReadable(request)) {
			return reject(response, HttpStatus.BAD_REQUEST, "The query of the URL cannot be decoded.");
		}
		if (this.server.transport().connectionSlots().rejects(request.getRemoteAddress())) {
			return reject(response, HttpStatus.SERVICE_UNAVAILABLE, "There are too many connections.");
		}
		return true;
	}

	/**
	 * Returns whether the query can be decoded. If it is not a part of a URL, Spring
	 * encodes it; the container would reject the upgrade, and log the query.
	 */
	private static boolean isReadable(ServerHttpRequest request) {
		String query = request.getURI().getRawQuery();
		boolean sent = query == null || !(request instanceof ServletServerHttpRequest servlet)
				|| query.equals(servlet.getServletRequest().getQueryString());
		return sent && new UrlQuery(query).isReadable();
	}

	private static boolean reject(ServerHttpResponse response, HttpStatus status, String message) throws IOException {
		response.setStatusCode(status);
		response.getHeaders().setContentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8));
		response.getBody().write((message + "\n").getBytes(StandardCharsets.UTF_8));
		return false;
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception exception) {
	}

}
