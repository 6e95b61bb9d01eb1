package io.nanogame.server;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.management.JMException;
import javax.management.ObjectName;

import io.nanogame.group.Group;
import io.nanogame.lane.Timer;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that disconnect in any way leave no state in the server.
 */
class DisconnectLeakTests {

	private static final int CLIENTS = 4000;

	private static final int PLAYERS = 4;

	private static final int CROWDS = 3;

	private static final Pattern HISTOGRAM_LINE = Pattern.compile("\\d+: +(\\d+) +\\d+ +(\\S+)");

	@Test
	void disconnectedClientsLeaveNoObjects() {
		try (TestServer server = new TestServer()) {
			Group room = server.groups.create("room");
			server.lane("room.join", (request) -> {
				request.session().bind("player-" + request.session().id());
				request.session().attributes().set("score", 1);
				Timer timer = server.timers.every(Duration.ofHours(1), () -> request.session().push("onTick", 1));
				request.session().onClose((session) -> timer.cancel());
				room.broadcast("onNewUser", request.session().id());
				room.add(request.session());
				return "joined";
			}).start();
			ExecutorService players = Executors.newFixedThreadPool(PLAYERS);
			churn(server, players, CLIENTS);
			awaitEmpty(server, room);
			List<String> histograms = new ArrayList<>();
			histograms.add(withoutSessions());
			for (int crowd = 0; crowd < CROWDS; crowd++) {
				churn(server, players, CLIENTS);
				awaitEmpty(server, room);
				histograms.add(withoutSessions());
			}
			assertThat(leaks(histograms)).as("objects that each crowd of %d clients left at least", CLIENTS).isEmpty();
			assertThat(server.server().traffic().openConnections()).isZero();
			server.serves();
			players.shutdownNow();
		}
	}

	private static void churn(TestServer server, ExecutorService players, int cycles) {
		List<CompletableFuture<Void>> all = new ArrayList<>();
		for (int p = 0; p < PLAYERS; p++) {
			int player = p;
			all.add(CompletableFuture.runAsync(() -> {
				for (int i = 0; i < cycles / PLAYERS; i++) {
					visit(server, player + i);
				}
			}, players));
		}
		all.forEach(CompletableFuture::join);
	}

	private static void visit(TestServer server, int kind) {
		RawClient client = (kind % 2 == 0) ? server.tcp() : server.webSocket();
		client.handshake();
		client.request(1, "room.join", "{}");
		switch (kind % 5) {
			case 0 -> client.reset();
			case 1 -> client.sendBytes(new byte[] { 4, 0, 1, 0, 0 }).close();
			case 2 -> {
				client.readResponse(1);
				client.sendHex("00000000").awaitClose();
				client.close();
			}
			default -> {
				client.readResponse(1);
				client.close();
			}
		}
	}

	private static void awaitEmpty(TestServer server, Group room) {
		await().atMost(Duration.ofSeconds(20))
			.until(() -> server.sessions.count() == 0 && room.isEmpty() && server.timers.count() == 0
					&& server.server().traffic().openConnections() == 0);
	}

	/**
	 * Waits for the next sweep, in which loops release connections that closed with work
	 * left.
	 */
	private static String withoutSessions() {
		return await().atMost(Duration.ofSeconds(20))
			.until(DisconnectLeakTests::liveObjects,
					(histogram) -> !counts(histogram).containsKey(Session.class.getName()));
	}

	/**
	 * The classes whose instances grew with each crowd, with the smallest growth. Caches
	 * and pools grow only at times; a leak of one of ten kinds of clients is a tenth of
	 * each crowd.
	 */
	private static Map<String, Long> leaks(List<String> histograms) {
		List<Map<String, Long>> counts = histograms.stream().map(DisconnectLeakTests::counts).toList();
		Map<String, Long> leaks = new TreeMap<>();
		for (String type : counts.get(CROWDS).keySet()) {
			long least = IntStream.range(0, CROWDS)
				.mapToLong((crowd) -> counts.get(crowd + 1).getOrDefault(type, 0L)
						- counts.get(crowd).getOrDefault(type, 0L))
				.min()
				.orElseThrow();
			if (least >= CLIENTS / 20) {
				leaks.put(type, least);
			}
		}
		return leaks;
	}

	private static Map<String, Long> counts(String histogram) {
		return HISTOGRAM_LINE.matcher(histogram)
			.results()
			.collect(Collectors.toMap((line) -> line.group(2), (line) -> Long.parseLong(line.group(1)), Long::sum));
	}

	/**
	 * The number of reachable objects of each class, as a text, which is one object
	 * itself.
	 */
	private static String liveObjects() {
		try {
			return (String) ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
						new Object[] { null }, new String[] { String[].class.getName() });
		}
		catch (JMException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
