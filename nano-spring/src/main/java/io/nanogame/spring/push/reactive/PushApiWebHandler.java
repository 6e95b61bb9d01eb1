package io.nanogame.spring.push.reactive;

import java.util.concurrent.CompletionStage;

import io.nanogame.spring.push.PushApi;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/**
 * Serves the push API in a WebFlux app; to be put at {@code /nano/push/**} by a
 * {@code SimpleUrlHandlerMapping}.
 */
public final class PushApiWebHandler implements WebHandler {

	private final PushApi api;

	public PushApiWebHandler(PushApi api) {
		this.api = api;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		PathContainer path = exchange.getRequiredAttribute(HandlerMapping.PATH_WITHIN_HANDLER_MAPPING_ATTRIBUTE);
		return Mono
			.fromCompletionStage(() -> this.api.answer(request.getMethod(), path.value(), request.getHeaders(),
					(most) -> read(request, most)))
			.flatMap((answer) -> write(answer, exchange.getResponse()));
	}

	private static CompletionStage<byte[]> read(ServerHttpRequest request, int most) {
		return DataBufferUtils.join(DataBufferUtils.takeUntilByteCount(request.getBody(), most))
			.map(PushApiWebHandler::bytes)
			.defaultIfEmpty(new byte[0])
			.toFuture();
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private static Mono<Void> write(ResponseEntity<byte[]> answer, ServerHttpResponse response) {
		response.setStatusCode(answer.getStatusCode());
		response.getHeaders().addAll(answer.getHeaders());
		byte[] body = answer.getBody();
		if (body == null) {
			return response.setComplete();
		}
		response.getHeaders().setContentLength(body.length);
		return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
	}

}
