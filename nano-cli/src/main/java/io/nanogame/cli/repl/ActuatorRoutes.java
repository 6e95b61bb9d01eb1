package io.nanogame.cli.repl;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the routes of an app from its Actuator. */
final class ActuatorRoutes {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final Set<String> SCHEMES = Set.of("http", "https");

	private ActuatorRoutes() {
	}

	/**
	 * Requests the routes.
	 * @param actuator such as {@code http://localhost:8080/actuator}
	 * @throws IOException if the routes cannot be read; the message is meant for the user
	 */
	static List<String> read(URI actuator) throws IOException {
		URI endpoint = URI.create(actuator.toString().replaceAll("/+$", "") + "/nano");
		try {
			HttpURLConnection http = connection(endpoint);
			try (InputStream body = (http.getResponseCode() == HttpURLConnection.HTTP_OK) ? http.getInputStream()
					: InputStream.nullInputStream()) {
				return routes(endpoint, http.getResponseCode(), body);
			}
			finally {
				http.disconnect();
			}
		}
		catch (JacksonException ex) {
			throw new IOException(endpoint + " did not reply with JSON", ex);
		}
		catch (SocketException | UnknownHostException | SocketTimeoutException ex) {
			throw new IOException("%s cannot be reached: %s".formatted(endpoint, ex), ex);
		}
	}

	/**
	 * Opens a connection. The JDK's newer HTTP client rejects host names with an
	 * underscore.
	 */
	private static HttpURLConnection connection(URI endpoint) throws IOException {
		if (!SCHEMES.contains(endpoint.getScheme()) || endpoint.getRawAuthority() == null) {
			throw new IOException(
					"%s is not an address such as http://localhost:8080/actuator/nano".formatted(endpoint));
		}
		HttpURLConnection http = (HttpURLConnection) endpoint.toURL().openConnection();
		http.setInstanceFollowRedirects(false);
		http.setConnectTimeout((int) TIMEOUT.toMillis());
		http.setReadTimeout((int) TIMEOUT.toMillis());
		return http;
	}

	private static List<String> routes(URI endpoint, int status, InputStream body) throws IOException {
		if (status != HttpURLConnection.HTTP_OK) {
			throw new IOException(
					"%s answered %d; does the app have management.endpoints.web.exposure.include=nano, and no login?"
						.formatted(endpoint, status));
		}
		JsonNode routes = JsonMapper.shared().readTree(body).path("routes");
		return routes.values().stream().map((route) -> route.path("name").asString("")).toList();
	}

}
