package io.nanogame.net;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What clients do is no news: a stranger cannot fill the log with warnings.
 */
class QuietLogTests {

	@ParameterizedTest
	@ValueSource(strings = { "GET", "GET / HTTP/1.1\r\nHost: x", "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n123",
			"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n123" })
	void aDisconnectInTheMiddleOfARequestIsNotLogged(String request) {
		FuzzedServer server = new FuzzedServer();
		FuzzedClient client = server.connect();
		client.send(request.getBytes(StandardCharsets.US_ASCII));
		client.hangUp();
		server.isEmpty(1);
	}

}
