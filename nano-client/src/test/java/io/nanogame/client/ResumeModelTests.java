package io.nanogame.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client whose connections are cut after any number of bytes, in packets and
 * handshakes, while threads send: each message is handled once and in order, or its
 * outcome is reported; each push is received once and in order until its session is lost.
 */
class ResumeModelTests {

	private static final int THREADS = 3;

	private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2));

	/** The fate of each message: "handled", "unknown" or "unsent". */
	private final Map<String, String> outcomes = new ConcurrentHashMap<>();

	/** Notifies, which have no outcome if they are handled. */
	private final Set<String> notified = ConcurrentHashMap.newKeySet();

	private final AtomicInteger requests = new AtomicInteger();

	private final Queue<String> pushes = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@CsvSource({ "1, 60, false", "2, 60, true", "3, 60, false", "4, 60, true" })
	void messagesAreExactlyOnceAndInOrderOrReported(long seed, int cuts, boolean keepUnsent) throws Exception {
		try (ModelServer server = new ModelServer(seed, cuts)) {
			NanoClient client = server.client()
				.reconnect(BACKOFF)
				.resume(ResumeOptions.defaults().withKeepUnsent(keepUnsent))
				.build();
			client.onAny((route, body) -> this.pushes.add(new String(body)));
			client.onUndelivered((lost) -> settle(new String(lost.body()), lost.sent() ? "unknown" : "unsent"));
			client.connect().block(ResumeTests.TIMEOUT);
			send(server, client);
			await().atMost(60, TimeUnit.SECONDS).until(() -> isSettled(client));
			client.close();
			server.awaitEnd();
			checkMessages(server.handled);
			checkPushes(server.pushed);
			assertThat(server.cuts).isGreaterThanOrEqualTo(cuts);
		}
	}

	/** Sends as long as connections are cut. */
	private void send(ModelServer server, NanoClient client) throws InterruptedException {
		List<Thread> threads = new ArrayList<>();
		for (int t = 0; t < THREADS; t++) {
			String name = "thread" + t + " ";
			threads.add(new Thread(() -> send(server, client, name)));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
	}

	private void send(ModelServer server, NanoClient client, String name) {
		int number = 0;
		while (server.isCutting()) {
			if (trySend(client, name + number, number % 3 == 0)) {
				number++;
			}
			LockSupport.parkNanos(500_000);
		}
	}

	/** Returns false if the message was not sent, because there is no session. */
	private boolean trySend(NanoClient client, String body, boolean request) {
		try {
			if (request) {
				this.requests.incrementAndGet();
				client.request("test.echo", body.getBytes(), byte[].class, Duration.ofMinutes(2))
					.subscribe((response) -> settle(new String(response), "handled"),
							(failure) -> settle(body, outcome(failure)));
			}
			else {
				client.notify("test.notify", body.getBytes());
				this.notified.add(body);
			}
			return true;
		}
		catch (NotConnectedException | ClientOverloadedException ex) {
			return false;
		}
	}

	private static String outcome(Throwable failure) {
		return (failure instanceof NotConnectedException || failure instanceof ClientOverloadedException) ? "unsent"
				: "unknown";
	}

	private void settle(String body, String outcome) {
		assertThat(this.outcomes.put(body, outcome)).isNull();
	}

	/** A last request is behind all notifies, and requests have outcomes. */
	private boolean isSettled(NanoClient client) {
		long ended = this.outcomes.keySet().stream().filter((body) -> !this.notified.contains(body)).count();
		return client.state().isConnected() && ended == this.requests.get()
				&& client.request("test.echo", "last".getBytes(), byte[].class)
					.map((response) -> true)
					.onErrorReturn(false)
					.block(ResumeTests.TIMEOUT);
	}

	private void checkMessages(List<String> handled) {
		Map<String, Integer> last = new HashMap<>();
		Set<String> all = new HashSet<>();
		for (String body : handled) {
			if (!body.equals("last")) {
				assertThat(all.add(body)).as("%s is handled once", body).isTrue();
				String[] parts = body.split(" ");
				int number = Integer.parseInt(parts[1]);
				assertThat(last.getOrDefault(parts[0], -1)).as("before %s", body).isLessThan(number);
				last.put(parts[0], number);
			}
		}
		Set<String> sent = new HashSet<>(this.notified);
		sent.addAll(this.outcomes.keySet());
		assertThat(sent).containsAll(all);
		for (String body : sent) {
			String outcome = this.outcomes.getOrDefault(body, "handled");
			if (!outcome.equals("unknown")) {
				assertThat(all.contains(body)).as("%s is %s", body, outcome).isEqualTo(outcome.equals("handled"));
			}
		}
	}

	private void checkPushes(List<Integer> sent) {
		Map<Integer, Integer> expected = new HashMap<>();
		for (String push : this.pushes) {
			String[] parts = push.split(" ");
			int session = Integer.parseInt(parts[0]);
			int number = expected.merge(session, 1, Integer::sum) - 1;
			assertThat(push).isEqualTo(session + " " + number);
		}
		int newest = sent.size() - 1;
		assertThat(expected.get(newest)).as("pushes of the last session").isEqualTo(sent.get(newest));
	}

}
