package io.nanogame.boot.autoconfigure.push;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.UnaryOperator;

import io.nanogame.boot.autoconfigure.RunningApp;

/**
 * A program that pushes by HTTP.
 */
final class PushCaller {

	static final String KEY = "0123456789abcdef0123456789abcdef";

	static final String OTHER_KEY = "fedcba9876543210fedcba9876543210";

	private final HttpClient http = HttpClient.newHttpClient();

	private final String base;

	PushCaller(RunningApp app) {
		this.base = "http://127.0.0.1:" + app.webPort() + "/nano/push";
	}

	HttpResponse<String> post(String path, String body) {
		return post(path, body, (request) -> request);
	}

	/**
	 * Sends a POST request.
	 * @param path the path below that of the API, with a slash
	 * @param body the body, of any type
	 * @param change a customizer of the request, applied last
	 * @return the response
	 */
	HttpResponse<String> post(String path, String body, UnaryOperator<HttpRequest.Builder> change) {
		return send(path, (request) -> change.apply(request.POST(BodyPublishers.ofString(body))));
	}

	HttpResponse<String> get(String path) {
		return send(path, (request) -> request);
	}

	HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> change) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
			.header("Authorization", "Bearer " + KEY)
			.header("Content-Type", "application/json");
		try {
			return this.http.send(change.apply(request).build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(path, ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
