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
 * Serves the push API in a WebFlux app; to be mapped to {@code /nano/push/**} by a
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
			.flatMap((result) -> write(result, exchange.getResponse()));
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

	private static Mono<Void> write(ResponseEntity<byte[]> result, ServerHttpResponse response) {
		response.setStatusCode(result.getStatusCode());
		response.getHeaders().addAll(result.getHeaders());
		byte[] body = result.getBody();
		if (body == null) {
			return response.setComplete();
		}
		response.getHeaders().setContentLength(body.length);
		return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
	}

}
