package io.nanogame.session;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two logins of a player at the same moment, in every way a session comes to a uid. The
 * property {@code model.schedules} makes more of them.
 */
class LoginRaceTests {

	private static final int SCHEDULES = Integer.getInteger("model.schedules", 10_000);

	private static final long SEED = Long.getLong("model.seed", 1);

	/** How a session comes to its uid. */
	private enum Way {

		HANDLER, HANDSHAKE, GUEST, OTHER_SERVER

	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "SEVERAL")
	void ofTwoLoginsAtTheSameMomentExactlyOneStays(LoginPolicy policy) throws Exception {
		Random random = new Random(SEED);
		TestSessions sessions = new TestSessions(policy);
		Rival other = new Rival();
		try {
			for (int i = 0; i < SCHEDULES; i++) {
				String uid = "player " + i;
				Way first = Way.values()[random.nextInt(4)];
				Way second = Way.values()[random.nextInt(4)];
				boolean oneCloses = random.nextInt(8) == 0;
				Session a = prepare(sessions, first, uid);
				Session b = prepare(sessions, second, uid);
				other.race(() -> login(sessions, b, second, uid), () -> {
					login(sessions, a, first, uid);
					if (oneCloses) {
						a.close();
					}
				});
				assertThat(stays(sessions, uid, List.of(a, b), oneCloses))
					.as("schedule %d: %s and %s", i, first, second)
					.isTrue();
				sessions.workers.runAll();
			}
		}
		finally {
			other.end();
		}
		sessions.listed.all().forEach(Session::close);
		assertThat(sessions.listed.count()).isZero();
	}

	private static boolean stays(TestSessions sessions, String uid, List<Session> both, boolean oneCloses) {
		List<Session> holders = List.copyOf(sessions.listed.findByUid(uid));
		boolean allOpen = holders.stream().allMatch((session) -> session.isOpen() && uid.equals(session.uid()));
		boolean nobodyElse = both.stream()
			.filter((session) -> !holders.contains(session))
			.allMatch((session) -> !session.isOpen() || session.uid() == null);
		return allOpen && nobodyElse && (holders.size() == 1 || (oneCloses && holders.isEmpty()));
	}

	private static Session prepare(TestSessions sessions, Way way, String uid) {
		Session session = sessions.create("{}");
		switch (way) {
			case HANDSHAKE -> session.bind(uid);
			case GUEST -> {
				session.bind("guest of " + session.id());
				sessions.registry.open(session);
			}
			default -> sessions.registry.open(session);
		}
		return session;
	}

	private static void login(TestSessions sessions, Session session, Way way, String uid) {
		try {
			switch (way) {
				case HANDLER -> session.bind(uid);
				case HANDSHAKE -> sessions.registry.open(session);
				case GUEST -> {
					session.unbind();
					session.bind(uid);
				}
				case OTHER_SERVER -> SessionHandle.of(session).login().acceptBound(uid);
			}
		}
		catch (LoginRefusedException ex) {
			assertThat(Stream.of(ex.getMessage())).containsExactly("already logged in");
		}
	}

	/** A second thread that begins with the first, again and again. */
	private static final class Rival {

		private final CyclicBarrier gate = new CyclicBarrier(2);

		private final Thread thread = new Thread(this::run, "rival");

		private volatile Runnable action = () -> {
		};

		private volatile boolean ended;

		Rival() {
			this.thread.start();
		}

		private void run() {
			try {
				while (true) {
					this.gate.await();
					if (this.ended) {
						return;
					}
					this.action.run();
					this.gate.await();
				}
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

		void race(Runnable theirs, Runnable ours) throws Exception {
			this.action = theirs;
			this.gate.await();
			ours.run();
			this.gate.await();
		}

		void end() throws Exception {
			this.ended = true;
			this.gate.await();
			this.thread.join();
		}

	}

}
