package io.nanogame.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Handshake;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Players who log in on two gateways that do not reach each other, with a ledger of their
 * sessions.
 */
final class DoubleLogins implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(DoubleLogins.class);

	/** Time of threads that wait for a processor. */
	private static final Duration SLACK = Duration.ofSeconds(1);

	private final List<TestNode> gateways;

	private final List<String> uids;

	/** By uid, in the order of the logins. */
	private final Map<String, List<Login>> logins = new TreeMap<>();

	private final List<NanoClient> clients = new ArrayList<>();

	/**
	 * Creates players who are not logged in.
	 * @param a a gateway that accepts logins by {@link #bind}
	 * @param b another gateway
	 * @param count the number of players
	 */
	DoubleLogins(TestNode a, TestNode b, int count) {
		this.gateways = List.of(a, b);
		this.uids = IntStream.range(0, count).mapToObj("player %03d"::formatted).toList();
		this.uids.forEach((uid) -> this.logins.put(uid, new CopyOnWriteArrayList<>()));
		SessionListener listener = new SessionListener() {

			@Override
			public void bound(Session session) {
				DoubleLogins.this.logins.get(session.uid()).add(new Login(session));
			}

			@Override
			public void closed(Session session, CloseReason reason) {
				DoubleLogins.this.closed(session);
			}

		};
		this.gateways.forEach((gateway) -> gateway.sessions.addListener(listener));
	}

	/** Validates a handshake, which may contain a uid. */
	static void bind(Handshake handshake) {
		String uid = handshake.request().user().path("uid").asString("");
		if (!uid.isEmpty()) {
			handshake.session().bind(uid);
		}
	}

	private void closed(Session session) {
		this.logins.getOrDefault(String.valueOf(session.uid()), List.of())
			.stream()
			.filter((login) -> login.session == session)
			.forEach((login) -> login.closedNanos = System.nanoTime());
	}

	/** Logs the players in, half of them on each gateway. */
	void first() {
		for (int i = 0; i < this.uids.size(); i++) {
			login(i, 0);
		}
	}

	/**
	 * Logs the players in on the other gateway, and each third of them on the first one
	 * once more.
	 * @param pause waits before each player
	 */
	void others(Runnable pause) {
		for (int i = 0; i < this.uids.size(); i++) {
			pause.run();
			login(i, 1);
			if (i % 3 == 0) {
				login(i, 0);
			}
		}
	}

	private void login(int player, int side) {
		String uid = this.uids.get(player);
		List<Login> before = this.logins.get(uid);
		int count = before.size();
		NanoClient client = this.gateways.get((player + side) % 2).client(uid);
		this.clients.add(client);
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> before.size() > count);
		// A backend has a copy of the session then.
		client.request("room.echo", new Text("x"), Text.class).subscribe((reply) -> {
		}, (failure) -> {
		});
	}

	/** Checks that each player has a session on each side. */
	void checkTwoOwners() {
		assertThat(this.logins).allSatisfy((uid, all) -> assertThat(all.stream().filter(Login::isOpen)).hasSize(2));
	}

	/**
	 * Checks that the newest login of each player, and no other one, is left on all
	 * nodes.
	 * @param nodes all nodes
	 * @param mended when the fault ended
	 * @param healed when messages passed again
	 * @param patience the maximum time for the end of the older sessions
	 */
	void check(List<TestNode> nodes, long mended, long healed, Duration patience) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.logins)
				.allSatisfy((uid, all) -> assertThat(all.stream().filter(Login::isOpen)).hasSize(1)));
		List<TwoOwners> times = this.logins.values().stream().map((all) -> TwoOwners.of(all, mended, healed)).toList();
		log.info("{} players had two owners, each for ms, until ms after the cut, until ms after messages passed: {}",
				times.size(), times);
		assertThat(times)
			.allSatisfy((time) -> assertThat(time.sinceHealed()).isLessThan(patience.plus(SLACK).toMillis()));
		assertThat(this.logins).allSatisfy((uid, all) -> checkNewest(all));
		nodes.forEach(this::checkNewestOn);
	}

	private static Session newest(List<Login> all) {
		return all.get(all.size() - 1).session;
	}

	private static void checkNewest(List<Login> all) {
		Session newest = newest(all);
		assertThat(newest.isOpen()).isTrue();
		assertThat(all).filteredOn((login) -> login.session != newest)
			.allSatisfy((login) -> assertThat(login.session.closeReason()).isEqualTo(CloseReason.REPLACED));
	}

	private void checkNewestOn(TestNode node) {
		Map<String, CompletableFuture<List<Long>>> found = new TreeMap<>();
		this.uids.forEach((uid) -> found.put(uid, node.cluster.users().find(uid).toCompletableFuture()));
		assertThat(found).allSatisfy((uid, ids) -> assertThat(ids).succeedsWithin(Duration.ofSeconds(5))
			.isEqualTo(List.of(newest(this.logins.get(uid)).id())));
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.untilAsserted(
					() -> assertThat(this.logins).allSatisfy((uid, all) -> assertThat(node.sessions.findByUid(uid))
						.allSatisfy((session) -> assertThat(session.id()).isEqualTo(newest(all).id()))));
	}

	@Override
	public void close() {
		this.clients.forEach(NanoClient::close);
	}

	/** A login, with the times of its session. */
	private static final class Login {

		private final Session session;

		private final long boundNanos = System.nanoTime();

		private volatile long closedNanos;

		Login(Session session) {
			this.session = session;
		}

		boolean isOpen() {
			return this.closedNanos == 0;
		}

	}

	/**
	 * The time in which a player had two sessions, in milliseconds.
	 *
	 * @param length how long
	 * @param sinceMended when it ended, after the end of the fault
	 * @param sinceHealed when it ended, after messages passed again
	 */
	private record TwoOwners(long length, long sinceMended, long sinceHealed) {

		static TwoOwners of(List<Login> all, long mended, long healed) {
			long start = all.get(1).boundNanos;
			long end = all.stream()
				.filter((login) -> !login.isOpen())
				.map((login) -> login.closedNanos)
				.max(Comparator.naturalOrder())
				.orElseThrow();
			return new TwoOwners(TimeUnit.NANOSECONDS.toMillis(end - start),
					TimeUnit.NANOSECONDS.toMillis(end - mended), TimeUnit.NANOSECONDS.toMillis(end - healed));
		}

		@Override
		public String toString() {
			return this.length + "/" + this.sinceMended + "/" + this.sinceHealed;
		}

	}

}
