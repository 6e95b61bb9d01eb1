package io.nanogame.spring.web;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawWebSocketClient;

/**
 * A running web server with a game at {@code /nano}, a page at {@code /hello}, and a
 * filter that trusts the header {@code X-User}.
 */
public abstract class WebServer implements AutoCloseable {

	protected final WebGame game;

	protected WebServer(WebGame game) {
		this.game = game;
	}

	public WebGame game() {
		return this.game;
	}

	public abstract int port();

	/** Stops the web server, not the game. */
	public abstract void stop();

	public RawWebSocketClient client(String... headers) {
		return (RawWebSocketClient) RawClient.webSocket(port(), "/nano?room=7&room=8&name=a%20b", headers);
	}

	public JdkClient jdkClient() {
		return JdkClient.connect(port());
	}

	/**
	 * Sends a request whose connection ends after the response.
	 * @param method the method, such as GET
	 * @param path a path of the app
	 * @param headers further header lines
	 * @return the whole response
	 */
	public String answerTo(String method, String path, String... headers) {
		return answerTo(request(method, path, headers));
	}

	/**
	 * Sends bytes after which the server closes.
	 * @param bytes the raw bytes
	 * @return all bytes received
	 */
	public String answerTo(byte[] bytes) {
		try (RawClient client = RawClient.tcp(port())) {
			return client.sendBytes(bytes).readText();
		}
	}

	public byte[] request(String method, String path, String... headers) {
		StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
		request.append("Host: 127.0.0.1:").append(port()).append("\r\n");
		List.of(headers).forEach((header) -> request.append(header).append("\r\n"));
		return request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public void close() {
		this.game.close();
		stop();
	}

}
