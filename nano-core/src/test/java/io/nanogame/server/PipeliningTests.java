package io.nanogame.server;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many requests at once on one connection, many connections at once.
 */
class PipeliningTests {

	private static final int REQUESTS = 20_000;

	private static final int CONNECTIONS = 8;

	private final TestServer server = new TestServer().start();

	private final ExecutorService players = Executors.newFixedThreadPool(2 * CONNECTIONS);

	@AfterEach
	void stop() {
		this.players.shutdownNow();
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource({ "tcp, test.echo", "tcp, test.fastEcho", "websocket, test.echo", "websocket, test.fastEcho" })
	void pipelinedRequestsGetTheirResponsesInOrder(String transport, String route) {
		List<CompletableFuture<Integer>> clients = new ArrayList<>();
		for (int i = 0; i < CONNECTIONS; i++) {
			clients.add(CompletableFuture.supplyAsync(() -> pipeline(transport, route), this.players));
		}
		for (CompletableFuture<Integer> client : clients) {
			assertThat(client.join()).isEqualTo(REQUESTS);
		}
	}

	private int pipeline(String transport, String route) {
		try (RawClient client = transport.equals("tcp") ? this.server.tcp() : this.server.webSocket()) {
			client.handshake();
			CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeAll(client, route), this.players);
			int answered = 0;
			while (answered < REQUESTS) {
				client.readResponse(answered + 1);
				answered++;
			}
			writer.join();
			return answered;
		}
	}

	/** Many packets a write, so that the server finds many in one read. */
	private static void writeAll(RawClient client, String route) {
		ByteArrayOutputStream batch = new ByteArrayOutputStream();
		for (int id = 1; id <= REQUESTS; id++) {
			batch.writeBytes(RawClient.packet(4, RawClient.message(0, id, route, new byte[] { '1' })));
			if (id % 500 == 0) {
				client.send(batch.toByteArray());
				batch.reset();
			}
		}
	}

	@Test
	void aLargeRequestAndALargeResponseArriveComplete() {
		try (RawClient client = this.server.webSocket().handshake()) {
			String body = "\"" + "z".repeat(65_000) + "\"";
			client.request(1, "test.echo", body).request(2, "test.fastEcho", body);
			assertThat(client.readResponse(1)).isEqualTo(body);
			assertThat(client.readResponse(2)).isEqualTo(body);
		}
	}

}
