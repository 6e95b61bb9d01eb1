package io.nanogame.group;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.nanogame.connection.RecordingLoop;
import io.nanogame.session.Introduction;
import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several threads use one group concurrently. Each has sessions of its own, so it knows
 * which of its own broadcasts they must receive, whatever the others do.
 */
class GroupRaceTests {

	private static final int ROUNDS = Math.max(1, Integer.getInteger("model.schedules", 3000) / 100);

	private static final int PLAYERS = 3;

	private static final int SESSIONS = 5;

	private static final int SIZE = 9;

	private static final int OPERATIONS = 400;

	private final TestSessions sessions = new TestSessions();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.sessions.timers.stop();
	}

	private Session open(RecordingLoop loop) {
		Session session = this.sessions.registry.create(loop.connect(), Introduction.UNKNOWN);
		this.sessions.registry.open(session);
		return session;
	}

	private LocalGroup group(int size) {
		return new LocalGroup("room", this.sessions.payloads, GroupSettings.of(size, MergedRoutes.NONE),
				this.sessions.timers, (closed) -> {
				});
	}

	@Test
	void theCallsOfOneThreadTakeEffectInTheirOrder() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			new Round(round).run();
		}
	}

	/** Some threads, a group, and loops that run continuously. */
	private final class Round {

		private final int seed;

		private final LocalGroup group = group(SIZE);

		private final List<RecordingLoop> loops = List.of(new RecordingLoop(false), new RecordingLoop(false),
				new RecordingLoop(true));

		private final Map<Long, List<String>> events = Collections.synchronizedMap(new HashMap<>());

		private volatile boolean finished;

		Round(int seed) {
			this.seed = seed;
			this.group.addListener(new GroupListener() {

				@Override
				public void joined(Group group, Member member) {
					note(member, "joined");
				}

				@Override
				public void left(Group group, Member member) {
					note(member, "left");
				}

			}, Runnable::run);
		}

		private void note(GroupListener.Member member, String event) {
			this.events.computeIfAbsent(member.sessionId(), (id) -> new ArrayList<>()).add(event);
		}

		void run() throws Exception {
			List<Future<?>> running = new ArrayList<>();
			for (RecordingLoop loop : this.loops) {
				running.add(GroupRaceTests.this.threads.submit(() -> runUntilFinished(loop)));
			}
			List<Player> players = new ArrayList<>();
			List<Future<?>> games = new ArrayList<>();
			for (int i = 0; i < PLAYERS; i++) {
				Player player = new Player(this, i);
				players.add(player);
				games.add(GroupRaceTests.this.threads.submit(player::play));
			}
			for (Future<?> each : games) {
				each.get();
			}
			this.finished = true;
			for (Future<?> each : running) {
				each.get();
			}
			assertThat(this.group.count()).isEqualTo(players.stream().mapToInt(Player::members).sum())
				.isEqualTo(this.group.members().size());
			players.forEach(Player::check);
			this.events.values().forEach((seen) -> {
				for (int i = 0; i < seen.size(); i++) {
					assertThat(seen.get(i)).isEqualTo((i % 2 == 0) ? "joined" : "left");
				}
			});
		}

		private void runUntilFinished(RecordingLoop loop) {
			boolean last;
			do {
				last = this.finished;
				loop.run(Integer.MAX_VALUE);
			}
			while (!last);
		}

	}

	/** A thread with sessions that no other thread adds or removes. */
	private final class Player {

		private final Round round;

		private final String name;

		private final Random random;

		private final List<Session> own = new ArrayList<>();

		private final List<Boolean> in = new ArrayList<>();

		private final List<List<String>> expected = new ArrayList<>();

		private int sent;

		Player(Round round, int number) {
			this.round = round;
			this.name = number + ":";
			this.random = new Random(round.seed * 31L + number);
			for (int i = 0; i < SESSIONS; i++) {
				this.own.add(open(loop(i)));
				this.in.add(false);
				this.expected.add(new ArrayList<>());
			}
		}

		private RecordingLoop loop(int index) {
			return this.round.loops.get(index % this.round.loops.size());
		}

		void play() {
			for (int i = 0; i < OPERATIONS; i++) {
				int index = this.random.nextInt(SESSIONS);
				Session session = this.own.get(index);
				switch (this.random.nextInt(5)) {
					case 0, 1 -> join(index, session);
					case 2 -> {
						assertThat(this.round.group.leave(session)).isEqualTo(this.in.get(index));
						this.in.set(index, false);
					}
					case 3 -> broadcast();
					default -> close(index, session);
				}
			}
		}

		private void join(int index, Session session) {
			try {
				boolean open = this.round.group.add(session);
				assertThat(open).isEqualTo(session.isOpen());
				this.in.set(index, open);
			}
			catch (DuplicateMemberException ex) {
				assertThat(this.in.get(index)).isTrue();
			}
			catch (GroupFullException ex) {
				assertThat(this.in.get(index)).isFalse();
			}
			assertThat(this.round.group.count()).isLessThanOrEqualTo(SIZE);
		}

		private void broadcast() {
			String message = this.name + this.sent++;
			for (int i = 0; i < SESSIONS; i++) {
				if (this.in.get(i)) {
					this.expected.get(i).add(message);
				}
			}
			this.round.group.broadcast("onNews", message.getBytes());
		}

		/** Closes a session. Rarely, because the session is not used any more. */
		private void close(int index, Session session) {
			if (this.random.nextInt(60) == 0) {
				session.close();
				this.in.set(index, false);
				assertThat(this.round.group.contains(session)).isFalse();
			}
		}

		int members() {
			return Collections.frequency(this.in, true);
		}

		void check() {
			for (int i = 0; i < SESSIONS; i++) {
				List<String> received = loop(i).received(this.own.get(i));
				assertThat(received).as("round %d", this.round.seed).doesNotHaveDuplicates();
				assertThat(received.stream().filter((message) -> message.startsWith(this.name)).toList())
					.as("round %d, messages of its own", this.round.seed)
					.isEqualTo(this.expected.get(i));
			}
		}

	}

}
