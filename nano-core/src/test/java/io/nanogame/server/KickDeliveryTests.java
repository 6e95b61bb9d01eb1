package io.nanogame.server;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that continue to send receive all bytes of the server, including the last ones.
 */
class KickDeliveryTests {

	private static final int AT_A_TIME = 6;

	private static final String NEWS = "x".repeat(100_000);

	private final TestServer server = Line.open(new TestServer());

	@BeforeEach
	void start() {
		this.server.lane("test.kickMe", (request) -> {
			Session session = request.session();
			for (int i = 0; i < 8; i++) {
				session.push("onNews", NEWS);
			}
			session.kick("enough");
			return "";
		}).start();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void aKickAfterManyPushesArrives(Line line) {
		int kicked = 0;
		int clients = line.isTls() ? 24 : 18;
		for (int i = 0; i < clients / AT_A_TIME; i++) {
			List<CompletableFuture<String>> endings = IntStream.range(0, AT_A_TIME)
				.mapToObj(
						(client) -> CompletableFuture.supplyAsync(() -> play(line), (task) -> new Thread(task).start()))
				.toList();
			kicked += (int) endings.stream()
				.map(CompletableFuture::join)
				.filter((end) -> end.startsWith("8 pushes, kick {\"reason\":\"enough\"}"))
				.count();
		}
		assertThat(kicked).isEqualTo(clients);
	}

	private String play(Line line) {
		try (RawClient client = line.connect(this.server.port()).handshake()) {
			Thread sender = new Thread(() -> sendWithoutEnd(client));
			client.notify("test.kickMe", "{}");
			sender.start();
			int pushes = 0;
			while (pushes < 8) {
				pushes += client.readData().isPush() ? 1 : 0;
			}
			return pushes + " pushes, " + client.readEnd();
		}
		catch (RawClient.ClosedException ex) {
			return "cut off";
		}
	}

	private static void sendWithoutEnd(RawClient client) {
		try {
			while (true) {
				client.notify("test.fastEcho", "{}");
			}
		}
		catch (UncheckedIOException ex) {
			// The connection is closed.
		}
	}

}
