package io.nanogame.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nanogame.connection.RecordingLoop;
import io.nanogame.lane.Timers;
import io.nanogame.memory.ManualTime;
import io.nanogame.serialize.MergeForm;
import io.nanogame.session.Introduction;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs random schedules of broadcasts to merged and other routes, multicasts, joins,
 * leaves and closes, on loops and another thread, with arbitrarily delayed output of the
 * loops and a time that passes at random, against a model: the items that each session
 * must receive, in their order. The seed of a schedule is its number, as in
 * {@link GroupModelTests}.
 */
class MergedPushModelTests {

	private static final int SCHEDULES = Integer.getInteger("model.schedules", 3000);

	private static final int FIRST_SEED = Integer.getInteger("model.seed", 0);

	private static final int STEPS = 120;

	private static final int SESSIONS = 7;

	private static final int MAX_LENGTH = 64;

	private static final List<Duration> WINDOWS = List.of(Duration.ofMillis(50), Duration.ofMillis(20));

	/** The pushes of all schedules, and the items in them. */
	private long pushes;

	private long items;

	@Test
	void everyMemberReceivesTheItemsOfItsMembershipInOrder() {
		for (int seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
			Schedule schedule = new Schedule(seed);
			try {
				schedule.run();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError(
						"Schedule with -Dmodel.seed=%d failed after %s".formatted(seed, schedule.operations), ex);
			}
		}
		assertThat(this.items).as("items in fewer pushes").isGreaterThan(this.pushes * 11 / 10);
	}

	/** One schedule with its group and the model of it. */
	private final class Schedule {

		private final TestSessions sessions = new TestSessions();

		private final Random random;

		private final ManualTime time = new ManualTime(() -> {
		});

		private final Timers timers = new Timers(Runnable::run, Duration.ofMillis(1), this.time);

		/** The last one sends on the calling thread, and merges nothing. */
		private final List<RecordingLoop> loops = List.of(new RecordingLoop(false), new RecordingLoop(false),
				new RecordingLoop(true));

		private final List<Session> all = new ArrayList<>();

		private final List<String> operations = new ArrayList<>();

		private LocalGroup group = newGroup();

		/** Set while the game calls the group. */
		private boolean acting;

		private int sent;

		// The model

		private final List<Session> members = new ArrayList<>();

		private final List<List<String>> expected = new ArrayList<>();

		Schedule(int seed) {
			this.random = new Random(seed);
			for (int i = 0; i < SESSIONS; i++) {
				Session session = this.sessions.registry.create(loop(i).connect(), Introduction.UNKNOWN);
				this.sessions.registry.open(session);
				this.all.add(session);
				this.expected.add(new ArrayList<>());
			}
			this.loops.forEach((loop) -> loop.onDelivery = this::sometimesActOnDelivery);
		}

		private RecordingLoop loop(int session) {
			return this.loops.get(session % this.loops.size());
		}

		private LocalGroup newGroup() {
			MergeForm form = new MergeForm("items");
			List<MergedRoute> routes = IntStream.range(0, WINDOWS.size())
				.mapToObj((i) -> new MergedRoute("merged" + i, WINDOWS.get(i), MAX_LENGTH, form))
				.toList();
			return new LocalGroup("room", this.sessions.payloads, GroupSettings.of(0, new MergedRoutes(routes)),
					this.timers, (ended) -> {
					});
		}

		void run() {
			for (int i = 0; i < STEPS; i++) {
				step();
			}
			this.acting = true;
			deliverAll();
			this.time.advance(WINDOWS.get(0));
			deliverAll();
			for (int i = 0; i < SESSIONS; i++) {
				List<String> received = loop(i).received(this.all.get(i));
				assertThat(received.stream().flatMap(this::items).toList()).as("items of session %d", i)
					.isEqualTo(this.expected.get(i));
				assertThat(received).allSatisfy((push) -> assertThat(push).hasSizeLessThanOrEqualTo(MAX_LENGTH));
			}
			assertThat(this.timers.time().stop()).as("open windows").isEmpty();
		}

		private Stream<String> items(String push) {
			MergedPushModelTests.this.pushes++;
			List<String> found = push.startsWith("{\"items\":[")
					? List.of(push.substring("{\"items\":[".length(), push.length() - 2).split(",")) : List.of(push);
			MergedPushModelTests.this.items += found.size();
			return found.stream();
		}

		private void deliverAll() {
			int done;
			do {
				done = 0;
				for (RecordingLoop loop : this.loops) {
					done += loop.run(Integer.MAX_VALUE);
				}
			}
			while (done > 0);
		}

		private void step() {
			RecordingLoop loop = this.loops.get(this.random.nextInt(this.loops.size()));
			switch (this.random.nextInt(8)) {
				case 0, 1 -> loop.run(1 + this.random.nextInt(3));
				case 2, 3 -> loop.execute(this::act);
				case 4 -> this.time.advance(Duration.ofMillis(this.random.nextInt(30)));
				default -> act();
			}
		}

		private void sometimesActOnDelivery() {
			if (!this.acting && this.random.nextInt(8) == 0) {
				act();
			}
		}

		private void act() {
			this.acting = true;
			actNow();
			this.acting = false;
		}

		private void actNow() {
			int number = this.random.nextInt(SESSIONS);
			Session session = this.all.get(number);
			switch (this.random.nextInt(40)) {
				case 0 -> closeSession(session);
				case 1 -> leaveAll();
				case 2 -> closeGroup();
				case 3, 4 -> multicast();
				case 5, 6 -> broadcast("onNews");
				case 7 -> pushLatest();
				case 8, 9, 10 -> leave(session);
				case 11, 12, 13, 14, 15, 16, 17, 18 -> add(session);
				case 19, 20, 21 -> broadcast("merged1");
				default -> broadcast("merged0");
			}
		}

		private void add(Session session) {
			if (!this.members.contains(session)) {
				this.operations.add("add " + session.id());
				if (this.group.add(session)) {
					this.members.add(session);
				}
			}
		}

		private void leave(Session session) {
			this.operations.add("leave " + session.id());
			assertThat(this.group.leave(session)).isEqualTo(this.members.remove(session));
		}

		private void broadcast(String route) {
			String item = next("broadcast to " + route, (session) -> true);
			this.group.broadcast(route, Integer.valueOf(item));
		}

		private void multicast() {
			Predicate<Session> some = (session) -> session.id() % 2 == this.sent % 2;
			this.group.multicast("merged0", Integer.valueOf(next("multicast", some)), some);
		}

		private void pushLatest() {
			int item = Integer.parseInt(next("latest", (session) -> true));
			this.group.pushLatest("merged0", () -> item);
		}

		private String next(String operation, Predicate<Session> recipients) {
			String item = String.valueOf(++this.sent);
			this.operations.add(operation + " " + item);
			this.members.stream()
				.filter(recipients)
				.forEach((session) -> this.expected.get(this.all.indexOf(session)).add(item));
			return item;
		}

		private void closeSession(Session session) {
			this.operations.add("close " + session.id());
			this.members.remove(session);
			session.close();
		}

		private void leaveAll() {
			this.operations.add("leaveAll");
			this.members.clear();
			this.group.leaveAll();
		}

		private void closeGroup() {
			this.operations.add("close");
			this.members.clear();
			this.group.close();
			this.group = newGroup();
		}

	}

}
