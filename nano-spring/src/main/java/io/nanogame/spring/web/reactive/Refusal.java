package io.nanogame.spring.web.reactive;

import java.nio.charset.StandardCharsets;

import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * The reasons to reject a request for a WebSocket.
 */
enum Refusal {

	NOT_RUNNING(HttpStatus.SERVICE_UNAVAILABLE, "The game server does not run."),

	FULL(HttpStatus.SERVICE_UNAVAILABLE, "There are too many connections."),

	NOT_A_WEBSOCKET(HttpStatus.UPGRADE_REQUIRED, "This path takes WebSockets."),

	OTHER_VERSION(HttpStatus.UPGRADE_REQUIRED, "This path takes WebSockets of version 13."),

	NO_KEY(HttpStatus.BAD_REQUEST, "The header Sec-WebSocket-Key is missing."),

	BODY(HttpStatus.BAD_REQUEST, "A request for a WebSocket has no body."),

	ORIGIN(HttpStatus.FORBIDDEN, "Pages of this origin may not connect."),

	ADDRESS(HttpStatus.FORBIDDEN, "Clients of this address may not connect."),

	QUERY(HttpStatus.BAD_REQUEST, "The query of the URL cannot be decoded."),

	OTHER_SERVER(HttpStatus.NOT_IMPLEMENTED,
			"WebSockets are taken over from Reactor Netty on HTTP/1.1, which this request did not come by.");

	private final HttpStatus status;

	private final String message;

	Refusal(HttpStatus status, String message) {
		this.status = status;
		this.message = message;
	}

	Mono<Void> write(ServerHttpResponse response) {
		response.setStatusCode(this.status);
		HttpHeaders headers = response.getHeaders();
		headers.setContentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8));
		if (this.status == HttpStatus.UPGRADE_REQUIRED) {
			headers.set(HttpHeaders.UPGRADE, WebSocketRequest.PROTOCOL);
			headers.set(WebSocketRequest.VERSION, "13");
		}
		DataBuffer body = response.bufferFactory().wrap((this.message + "\n").getBytes(StandardCharsets.UTF_8));
		return response.writeWith(Mono.just(body));
	}

}
