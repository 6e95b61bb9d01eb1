package io.nanogame.spring.push.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.spring.push.PushApi;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Serves the push API in a servlet app; to be mapped to {@code /nano/push/**} by a
 * {@code SimpleUrlHandlerMapping}. Blocks a thread of the container until the gateways of
 * a cluster have replied.
 */
public final class PushApiRequestHandler implements HttpRequestHandler {

	private final PushApi api;

	public PushApiRequestHandler(PushApi api) {
		this.api = api;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		String path = String.valueOf(request.getAttribute(HandlerMapping.PATH_WITHIN_HANDLER_MAPPING_ATTRIBUTE));
		ResponseEntity<byte[]> result = this.api
			.answer(HttpMethod.valueOf(request.getMethod()), path, new ServletServerHttpRequest(request).getHeaders(),
					(most) -> read(request, most))
			.toCompletableFuture()
			.join();
		response.setStatus(result.getStatusCode().value());
		result.getHeaders().forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
		byte[] body = result.getBody();
		if (body != null) {
			response.setContentLength(body.length);
			response.getOutputStream().write(body);
		}
	}

	private static CompletionStage<byte[]> read(HttpServletRequest request, int most) {
		try {
			return CompletableFuture.completedFuture(request.getInputStream().readNBytes(most));
		}
		catch (IOException ex) {
			return CompletableFuture.failedFuture(new UncheckedIOException(ex));
		}
	}

}
