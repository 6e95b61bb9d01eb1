package io.nanogame.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

import io.nanogame.connection.RecordingLoop;
import io.nanogame.session.Introduction;
import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Runs random schedules of all group operations on loops and other threads, with
 * arbitrarily delayed output of the loops, against a model: a list of members and the
 * messages that each of them must receive. The seed of a schedule is its number, so
 * {@code -Dmodel.seed=7} starts with the one that failed; {@code -Dmodel.schedules} sets
 * their number.
 */
class GroupModelTests {

	private static final int SCHEDULES = Integer.getInteger("model.schedules", 3000);

	private static final int FIRST_SEED = Integer.getInteger("model.seed", 0);

	private static final int STEPS = 120;

	private static final int SIZE = 4;

	private static final int SESSIONS = 7;

	private final TestSessions sessions = new TestSessions();

	@AfterEach
	void stopTimers() {
		this.sessions.timers.stop();
	}

	@Test
	void everyMemberReceivesTheMessagesOfItsMembershipInOrder() {
		for (int seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
			Schedule schedule = new Schedule(this.sessions, seed);
			try {
				schedule.run();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError(
						"Schedule with -Dmodel.seed=%d failed after %s".formatted(seed, schedule.operations), ex);
			}
		}
	}

	/** One schedule with its group and the model of it. */
	private static final class Schedule {

		private final TestSessions sessions;

		private final Random random;

		private final List<RecordingLoop> loops = List.of(new RecordingLoop(false), new RecordingLoop(false),
				new RecordingLoop(true));

		private final List<Session> all = new ArrayList<>();

		private final List<String> events = new ArrayList<>();

		private final List<String> operations = new ArrayList<>();

		private LocalGroup group;

		/** Set while the game calls the group. */
		private boolean acting;

		private int sent;

		// The model

		private final List<Session> members = new ArrayList<>();

		private boolean closed;

		private final List<List<String>> expected = new ArrayList<>();

		private final List<String> expectedEvents = new ArrayList<>();

		Schedule(TestSessions sessions, int seed) {
			this.sessions = sessions;
			this.random = new Random(seed);
			this.group = newGroup();
			for (int i = 0; i < SESSIONS; i++) {
				RecordingLoop loop = this.loops.get(i % this.loops.size());
				Session session = this.sessions.registry.create(loop.connect(), Introduction.UNKNOWN);
				this.sessions.registry.open(session);
				this.all.add(session);
				this.expected.add(new ArrayList<>());
			}
			this.loops.forEach((loop) -> loop.onDelivery = this::sometimesActOnDelivery);
		}

		private LocalGroup newGroup() {
			LocalGroup created = new LocalGroup("room", this.sessions.payloads,
					GroupSettings.of(SIZE, MergedRoutes.NONE), this.sessions.timers, (ended) -> {
					});
			created.addListener(new GroupListener() {

				@Override
				public void joined(Group group, Member member) {
					Schedule.this.events.add("joined " + member.sessionId());
				}

				@Override
				public void left(Group group, Member member) {
					Schedule.this.events.add("left " + member.sessionId());
				}

			}, Runnable::run);
			return created;
		}

		void run() {
			for (int i = 0; i < STEPS; i++) {
				step();
				check();
			}
			finish();
			for (int i = 0; i < SESSIONS; i++) {
				Session session = this.all.get(i);
				assertThat(this.loops.get(i % this.loops.size()).received(session)).as("messages of %s", session)
					.isEqualTo(this.expected.get(i));
			}
		}

		private void finish() {
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
			switch (this.random.nextInt(4)) {
				case 0 -> loop.run(1 + this.random.nextInt(3));
				case 1 -> loop.execute(this::act);
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
				case 2 -> close();
				case 3 -> closeIfEmpty();
				case 4, 5, 6, 7 -> multicast();
				case 8, 9, 10, 11, 12 -> push(number);
				case 13, 14, 15, 16, 17, 18, 19, 20 -> broadcast();
				case 21, 22, 23, 24, 25, 26, 27, 28, 29 -> leave(session);
				default -> add(session);
			}
		}

		private void add(Session session) {
			this.operations.add("add " + session.id());
			Class<?> failure = this.closed ? GroupClosedException.class : this.members.contains(session)
					? DuplicateMemberException.class : (this.members.size() == SIZE) ? GroupFullException.class : null;
			if (failure == null) {
				this.expectedEvents.add("joined " + session.id());
				if (session.isOpen()) {
					this.members.add(session);
				}
				else {
					this.expectedEvents.add("left " + session.id());
				}
			}
			assertOutcome(failure, () -> assertThat(this.group.add(session)).isEqualTo(session.isOpen()));
		}

		private void leave(Session session) {
			this.operations.add("leave " + session.id());
			boolean was = this.members.contains(session);
			if (was) {
				left(session);
			}
			assertOutcome(whenClosed(), () -> assertThat(this.group.leave(session)).isEqualTo(was));
		}

		private void left(Session session) {
			this.members.remove(session);
			this.expectedEvents.add("left " + session.id());
		}

		private void broadcast() {
			int number = ++this.sent;
			this.operations.add("broadcast " + number);
			expect(number, (session) -> true);
			assertOutcome(whenClosed(), () -> this.group.broadcast("onNews", number));
		}

		private void multicast() {
			int number = ++this.sent;
			this.operations.add("multicast " + number);
			Predicate<Session> some = (session) -> (session.id() + number) % 2 == 0;
			expect(number, some);
			assertOutcome(whenClosed(), () -> this.group.multicast("onNews", number, some));
		}

		private void expect(int number, Predicate<Session> predicate) {
			this.members.stream()
				.filter(predicate)
				.forEach((session) -> this.expected.get(this.all.indexOf(session)).add(String.valueOf(number)));
		}

		private void push(int session) {
			int number = ++this.sent;
			this.operations.add("push " + number);
			this.expected.get(session).add(String.valueOf(number));
			this.all.get(session).push("onNews", number);
		}

		private void closeSession(Session session) {
			this.operations.add("close " + session.id());
			if (this.members.contains(session)) {
				left(session);
			}
			session.close();
		}

		private void leaveAll() {
			this.operations.add("leaveAll");
			allLeave();
			assertOutcome(whenClosed(), this.group::leaveAll);
		}

		private void allLeave() {
			List.copyOf(this.members).forEach(this::left);
		}

		private void close() {
			this.operations.add("close");
			if (this.closed) {
				this.group = newGroup();
				this.closed = false;
				return;
			}
			allLeave();
			this.closed = true;
			this.group.close();
		}

		private void closeIfEmpty() {
			this.operations.add("closeIfEmpty");
			this.closed = this.closed || this.members.isEmpty();
			assertThat(this.group.closeIfEmpty()).isEqualTo(this.closed);
		}

		private @Nullable Class<?> whenClosed() {
			return this.closed ? GroupClosedException.class : null;
		}

		private static void assertOutcome(@Nullable Class<?> failure, Runnable operation) {
			Throwable thrown = catchThrowable(operation::run);
			assertThat((thrown != null) ? thrown.getClass() : null).as("%s", thrown).isEqualTo(failure);
		}

		private void check() {
			assertThat(this.group.members()).isEqualTo(this.members);
			assertThat(this.group.count()).isEqualTo(this.members.size());
			assertThat(this.group.isClosed()).isEqualTo(this.closed);
			assertThat(this.all).allSatisfy(
					(session) -> assertThat(this.group.contains(session)).isEqualTo(this.members.contains(session)));
			assertThat(this.events).isEqualTo(this.expectedEvents);
		}

	}

}
