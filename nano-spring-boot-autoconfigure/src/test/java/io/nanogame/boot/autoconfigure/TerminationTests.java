package io.nanogame.boot.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The clients of a real app when its process receives SIGTERM.
 */
class TerminationTests {

	private static final String TOO_LATE = "{\"code\":503,\"msg\":\"the server is shutting down\"}";

	private static final int CLIENTS = 40;

	private static final int IN_FLIGHT = 4;

	@Test
	void responsesArriveInOrderAndTheProcessEndsInTime() throws IOException, InterruptedException {
		AtomicLong answers = new AtomicLong();
		try (AppProcess app = new AppProcess("--nano.server.shutdown.grace-period=5s")) {
			List<CompletableFuture<Ending>> endings = IntStream.range(0, CLIENTS)
				.mapToObj((i) -> (i % 2 == 0) ? RawClient.tcp(app.port()) : RawClient.webSocket(app.port()))
				.map((client) -> CompletableFuture.supplyAsync(() -> play(client.handshake(), answers),
						(task) -> new Thread(task).start()))
				.toList();
			await().until(() -> answers.get() > 20 * CLIENTS);
			CompletableFuture<Duration> ended = app.terminate();
			assertThat(ended).succeedsWithin(Duration.ofSeconds(20))
				.satisfies((duration) -> assertThat(duration).isLessThan(Duration.ofSeconds(9)));
			for (CompletableFuture<Ending> ending : endings) {
				Ending end = ending.join();
				assertThat(end.lastBytes).isIn("end", "close 1001 the server is shutting down, end");
				assertThat(end.wrong).isEmpty();
			}
			assertThat(app.lines()).anyMatch((line) -> line.contains(CLIENTS + " connections are closed after"))
				.noneMatch((line) -> line.contains(" WARN ") || line.contains(" ERROR "));
		}
	}

	/** Keeps some requests in flight until the close. */
	private static Ending play(RawClient client, AtomicLong answers) {
		Map<Long, String> wrong = new TreeMap<>();
		long sent = 0;
		long handled = 0;
		long refused = 0;
		while (true) {
			while (sent < handled + refused + IN_FLIGHT) {
				sent++;
				client.request(sent, (sent % 2 == 0) ? "work.now" : "work.soon", Long.toString(sent));
			}
			RawPacket packet;
			try {
				packet = client.readData();
			}
			catch (RawClient.ClosedException ex) {
				String lastBytes = client.readEnd();
				client.close();
				return new Ending(lastBytes, wrong);
			}
			answers.incrementAndGet();
			if (packet.payload().equals(TOO_LATE)) {
				refused++;
			}
			else {
				// Responses to accepted requests arrive in order, without a gap.
				handled++;
				if (packet.id() != handled || !packet.payload().equals(Long.toString(handled))) {
					wrong.put(packet.id(), packet.payload());
				}
			}
		}
	}

	/**
	 * The end of a connection.
	 *
	 * @param lastBytes the last bytes, as {@link RawClient#readEnd()} returns them
	 * @param wrong responses that are wrong or out of order
	 */
	private record Ending(String lastBytes, Map<Long, String> wrong) {
	}

}
