package io.nanogame.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.nanogame.connection.RecordingLoop;
import io.nanogame.lane.Timers;
import io.nanogame.memory.ManualTime;
import io.nanogame.serialize.MergeForm;
import io.nanogame.session.Introduction;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several threads broadcast to merged routes of one group concurrently, while windows
 * end. Each has sessions of its own, so it knows which of its own items they must
 * receive.
 */
class MergedPushRaceTests {

	private static final int ROUNDS = Math.max(1, Integer.getInteger("model.schedules", 3000) / 100);

	private static final int FIRST_SEED = Integer.getInteger("model.seed", 0);

	private static final int THREADS = 3;

	private static final int SESSIONS = 4;

	private static final int OPERATIONS = 400;

	private static final Duration WINDOW = Duration.ofMillis(10);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void theItemsOfOneThreadArriveOnceAndInItsOrder() throws Exception {
		for (int seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
			new Round(seed).run();
		}
	}

	/** Some threads, a group, loops that run continuously, and time that passes. */
	private final class Round {

		private final TestSessions sessions = new TestSessions();

		private final int seed;

		private final ManualTime time = new ManualTime(() -> {
		});

		private final RecordingLoop merging = new RecordingLoop(false);

		private final List<RecordingLoop> loops = List.of(this.merging, new RecordingLoop(true));

		private final LocalGroup group;

		private volatile boolean finished;

		Round(int seed) {
			this.seed = seed;
			MergeForm form = new MergeForm("items");
			this.group = new LocalGroup("room", this.sessions.payloads,
					GroupSettings.of(0,
							new MergedRoutes(List.of(new MergedRoute("merged0", WINDOW, 512, form),
									new MergedRoute("merged1", WINDOW, 512, form)))),
					new Timers(Runnable::run, Duration.ofMillis(1), this.time), (closed) -> {
					});
		}

		void run() throws Exception {
			List<Future<?>> running = new ArrayList<>();
			for (RecordingLoop loop : this.loops) {
				running.add(MergedPushRaceTests.this.threads.submit(() -> runUntilFinished(loop)));
			}
			List<Player> players = new ArrayList<>();
			List<Future<?>> games = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				Player player = new Player(this, i);
				players.add(player);
				games.add(MergedPushRaceTests.this.threads.submit(player::play));
			}
			for (Future<?> each : games) {
				each.get();
			}
			this.finished = true;
			for (Future<?> each : running) {
				each.get();
			}
			this.loops.forEach((loop) -> loop.run(Integer.MAX_VALUE));
			this.time.advance(WINDOW);
			players.forEach(Player::check);
		}

		private void runUntilFinished(RecordingLoop loop) {
			boolean last;
			do {
				last = this.finished;
				loop.run(3);
				if (loop == this.merging) {
					// On the loop's thread, because a window ends there.
					this.time.advance(Duration.ofMillis(1));
				}
			}
			while (!last);
		}

	}

	/** A thread with sessions that no other thread adds or removes. */
	private final class Player {

		private final Round round;

		private final int number;

		private final Random random;

		private final List<Session> own = new ArrayList<>();

		private final List<Session> members = new ArrayList<>();

		private final List<List<Integer>> expected = new ArrayList<>();

		private int sent;

		Player(Round round, int number) {
			this.round = round;
			this.number = number;
			this.random = new Random(round.seed * 31L + number);
			TestSessions sessions = round.sessions;
			for (int i = 0; i < SESSIONS; i++) {
				Session session = sessions.registry.create(loop(i).connect(), Introduction.UNKNOWN);
				sessions.registry.open(session);
				this.own.add(session);
				this.expected.add(new ArrayList<>());
			}
		}

		private RecordingLoop loop(int index) {
			return this.round.loops.get(index % this.round.loops.size());
		}

		void play() {
			for (int i = 0; i < OPERATIONS; i++) {
				Session session = this.own.get(this.random.nextInt(SESSIONS));
				switch (this.random.nextInt(10)) {
					case 0 -> {
						if (!this.members.contains(session)) {
							this.round.group.add(session);
							this.members.add(session);
						}
					}
					case 1 -> assertThat(this.round.group.leave(session)).isEqualTo(this.members.remove(session));
					case 2 -> broadcast("onNews");
					case 3 -> broadcast("merged1");
					default -> broadcast("merged0");
				}
			}
		}

		private void broadcast(String route) {
			int item = this.sent++ * THREADS + this.number;
			for (Session member : this.members) {
				this.expected.get(this.own.indexOf(member)).add(item);
			}
			this.round.group.broadcast(route, item);
		}

		void check() {
			for (int i = 0; i < SESSIONS; i++) {
				List<Integer> items = loop(i).received(this.own.get(i))
					.stream()
					.flatMap((push) -> List.of(push.replace("{\"items\":[", "").replace("]}", "").split(",")).stream())
					.map(Integer::valueOf)
					.toList();
				assertThat(items).as("round %d", this.round.seed).doesNotHaveDuplicates();
				assertThat(items.stream().filter((item) -> item % THREADS == this.number).toList())
					.as("round %d, items of its own, session %d", this.round.seed, i)
					.isEqualTo(this.expected.get(i));
			}
		}

	}

}
