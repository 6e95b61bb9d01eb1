package io.nanogame.cli.repl;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The routes of an app, as its Actuator tells them. */
final class ActuatorRoutes {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final int OK = 200;

	private ActuatorRoutes() {
	}

	/**
	 * Asks.
	 * @param actuator such as {@code http://localhost:8080/actuator}
	 * @throws IOException with words for a reader when it does not tell
	 */
	static List<String> read(URI actuator) throws IOException, InterruptedException {
		URI endpoint = URI.create(actuator.toString().replaceAll("/+$", "") + "/nano");
		HttpRequest request;
		try {
			request = HttpRequest.newBuilder(endpoint).timeout(TIMEOUT).build();
		}
		catch (IllegalArgumentException ex) {
			throw new IOException("%s is not an address such as http://localhost:8080/actuator".formatted(actuator),
					ex);
		}
		HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
		try {
			return routes(endpoint, http.send(request, BodyHandlers.ofString()));
		}
		catch (JacksonException ex) {
			throw new IOException(endpoint + " did not answer with JSON", ex);
		}
		catch (IOException ex) {
			throw (ex.getMessage() != null) ? ex : new IOException(endpoint + " cannot be reached", ex);
		}
	}

	private static List<String> routes(URI endpoint, HttpResponse<String> response) throws IOException {
		if (response.statusCode() != OK) {
			throw new IOException(
					"%s answered %d; does the app have management.endpoints.web.exposure.include=nano, and no login?"
						.formatted(endpoint, response.statusCode()));
		}
		JsonNode routes = JsonMapper.shared().readTree(response.body()).path("routes");
		return routes.values().stream().map((route) -> route.path("name").asString("")).toList();
	}

}
