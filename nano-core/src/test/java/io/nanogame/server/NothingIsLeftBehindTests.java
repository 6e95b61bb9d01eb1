package io.nanogame.server;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.nanogame.group.Group;
import io.nanogame.lane.Timer;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients come and go, in every way there is to go, and the server is as it was.
 */
class NothingIsLeftBehindTests {

	private static final int CYCLES = 10_000;

	private static final int PLAYERS = 4;

	private static final int CROWDS = 3;

	@Test
	void tenThousandClientsLeaveNothing() {
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
			churn(server, players, CYCLES / 10);
			awaitEmpty(server, room);
			// Caches fill and pools grow now and then; what clients leave behind grows
			// with
			// each crowd.
			long[] growth = new long[CROWDS];
			long before = usedHeap();
			for (int crowd = 0; crowd < CROWDS; crowd++) {
				churn(server, players, CYCLES);
				awaitEmpty(server, room);
				long after = usedHeap();
				growth[crowd] = after - before;
				before = after;
			}
			Arrays.sort(growth);
			assertThat(growth[CROWDS / 2]).as("bytes of heap that a crowd of %d clients left, in the median", CYCLES)
				.isLessThan(CYCLES * 100L);
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

	private static long usedHeap() {
		System.gc();
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
