package io.nanogame.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.connection.PushPolicy;
import io.nanogame.connection.PushSettings;
import io.nanogame.connection.Traffic;
import io.nanogame.group.Group;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pushes to a client that does not read for a while, by the policy of their route.
 */
class SlowClientTests {

	private static final String PADDING = "x".repeat(20_000);

	private final MemoryServer server = new MemoryServer();

	private MemoryLink link;

	private RawClient slow;

	private Session session;

	@BeforeEach
	void start() {
		PushSettings settings = new PushSettings(Duration.ZERO,
				Map.of("onRumour", PushPolicy.DROP, "onPosition", PushPolicy.COALESCE),
				(route, value) -> ((Move) value).who);
		this.server.with((builder) -> builder.pushes(settings)).start();
		this.link = this.server.link();
		this.slow = RawClient.on(this.link).handshake();
		this.server.settle();
		this.session = this.server.sessions.all().iterator().next();
		this.link.stopReading();
	}

	@AfterEach
	void stop() {
		this.slow.close();
		this.server.close();
	}

	private Traffic traffic() {
		return this.server.server().traffic();
	}

	@Test
	void droppablePushesAreDroppedAndTheClientStaysConnected() {
		int sent = 0;
		while (traffic().pushesDropped() < 100) {
			this.session.push("onRumour", new Move("nobody", sent++, PADDING));
		}
		this.link.resumeReading();
		this.slow.request(1, "test.echo", "\"still here\"");
		List<Integer> heard = new ArrayList<>();
		assertThat(readUntilResponse(heard)).isEqualTo("\"still here\"");
		// The response comes after all of them, so the policy has been applied to all.
		assertThat(heard).hasSize((int) (sent - traffic().pushesDropped())).isSorted();
		assertThat(this.session.isOpen()).isTrue();
	}

	@Test
	void theNewestValueOfACoalescedPushArrives() {
		int turn = 0;
		while (traffic().pushesCoalesced() < 100) {
			turn++;
			this.session.push("onPosition", new Move("ann", turn, PADDING));
			this.session.push("onPosition", new Move("bob", turn, PADDING));
		}
		int last = turn;
		this.link.resumeReading();
		List<Integer> heard = new ArrayList<>();
		CompletableFuture<Void> both = CompletableFuture.runAsync(() -> {
			int newest = 0;
			while (newest < 2) {
				String move = this.slow.readPush("onPosition");
				heard.add(turnOf(move));
				newest += (turnOf(move) == last) ? 1 : 0;
			}
		});
		assertThat(both).succeedsWithin(Duration.ofSeconds(10));
		assertThat(heard).isSorted().hasSizeLessThan(2 * last);
		assertThat(this.session.isOpen()).isTrue();
	}

	@Test
	void theNewestStateIsCreatedWhenThereIsRoom() {
		AtomicInteger state = new AtomicInteger();
		Queue<Integer> made = new ConcurrentLinkedQueue<>();
		Set<Boolean> onLoop = ConcurrentHashMap.newKeySet();
		while (traffic().pushesCoalesced() < 100) {
			state.incrementAndGet();
			this.session.pushLatest("onState", () -> {
				onLoop.add(SessionHandle.of(this.session).connection().loop().isCurrent());
				Move move = new Move("all", state.get(), PADDING);
				made.add(move.turn);
				return move;
			});
		}
		int last = state.get();
		this.link.resumeReading();
		List<Integer> heard = new ArrayList<>();
		CompletableFuture<Void> newest = CompletableFuture.runAsync(() -> {
			while (!heard.contains(last)) {
				heard.add(turnOf(this.slow.readPush("onState")));
			}
		});
		assertThat(newest).succeedsWithin(Duration.ofSeconds(10));
		assertThat(made).startsWith(heard.toArray(Integer[]::new)).hasSizeLessThanOrEqualTo(last - 100);
		assertThat(heard).isSorted();
		assertThat(onLoop).containsExactly(false);
		assertThat(this.session.isOpen()).isTrue();
	}

	@Test
	void onlySlowMembersOfAGroupSkipStates() {
		Group group = this.server.groups.create("all");
		group.add(this.session);
		try (RawClient quick = this.server.connect().handshake()) {
			this.server.settle();
			this.server.sessions.all().stream().filter((other) -> other != this.session).forEach(group::add);
			Thread caller = Thread.currentThread();
			AtomicInteger madeNow = new AtomicInteger();
			AtomicInteger madeLater = new AtomicInteger();
			AtomicInteger state = new AtomicInteger();
			while (traffic().pushesCoalesced() < 10) {
				int turn = state.incrementAndGet();
				group.pushLatest("onState", "all", () -> {
					((Thread.currentThread() == caller) ? madeNow : madeLater).incrementAndGet();
					return new Move("all", state.get(), PADDING);
				});
				assertThat(turnOf(quick.readPush("onState"))).isEqualTo(turn);
			}
			assertThat(madeNow).as("once for all that keep up").hasValue(state.get());
			this.link.resumeReading();
			CompletableFuture<Void> last = CompletableFuture.runAsync(() -> {
				int turn = 0;
				while (turn < state.get()) {
					turn = turnOf(this.slow.readPush("onState"));
				}
			});
			assertThat(last).succeedsWithin(Duration.ofSeconds(10));
			assertThat(madeLater.get()).isBetween(1, state.get() - 10);
		}
	}

	@Test
	void otherPushesDisconnectTheClient() {
		while (this.session.isOpen()) {
			this.session.push("onNews", new Move("nobody", 0, PADDING));
		}
		assertThat(this.session.closeReason()).isNotNull()
			.satisfies((reason) -> assertThat(reason.code()).isEqualTo("slow-consumer"));
		this.server.settle();
		assertThat(traffic().closed("slow-consumer")).isOne();
	}

	@Test
	void aClientThatIsBehindForTwoSecondsIsDisconnected() {
		int behind = 2 * 1024 * 1024;
		for (int sent = 0; sent < behind; sent += PADDING.length()) {
			this.session.push("onNews", new Move("nobody", 0, PADDING));
			this.server.settle();
		}
		this.server.advance(Duration.ofSeconds(2));
		this.session.push("onNews", new Move("nobody", 1, PADDING));
		this.server.settle();
		assertThat(this.session.isOpen()).isTrue();
		this.server.advance(Duration.ofMillis(1));
		this.session.push("onNews", new Move("nobody", 2, PADDING));
		this.server.settle();
		assertThat(this.session.closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
	}

	@Test
	void aMemberThatDoesNotReadDoesNotDelayTheOthers() throws InterruptedException {
		Group group = this.server.groups.create("all");
		group.add(this.session);
		try (RawClient quick = this.server.connect().handshake()) {
			this.server.settle();
			this.server.sessions.all().stream().filter((other) -> other != this.session).forEach(group::add);
			Semaphore onTheWay = new Semaphore(8);
			CompletableFuture<Integer> heard = CompletableFuture.supplyAsync(() -> {
				int count = 0;
				while (turnOf(quick.readPush("onPosition")) >= 0) {
					count++;
					onTheWay.release();
				}
				return count;
			});
			int sent = 0;
			while (traffic().pushesCoalesced() < 100) {
				onTheWay.acquire();
				group.broadcast("onPosition", new Move("ann", sent++, PADDING));
			}
			group.broadcast("onPosition", new Move("ann", -1, ""));
			assertThat(heard).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(sent);
		}
	}

	private String readUntilResponse(List<Integer> heard) {
		while (true) {
			var packet = this.slow.readData();
			if (packet.isResponse()) {
				return packet.payload();
			}
			heard.add(turnOf(packet.payload()));
		}
	}

	private static int turnOf(String json) {
		return Integer.parseInt(json.replaceAll(".*\"turn\":(-?\\d+).*", "$1"));
	}

	/**
	 * A position.
	 *
	 * @param who the player
	 * @param turn the sequence number
	 * @param padding extends the message
	 */
	record Move(String who, int turn, String padding) {
	}

}
