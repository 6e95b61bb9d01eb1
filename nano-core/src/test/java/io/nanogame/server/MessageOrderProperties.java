package io.nanogame.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.test.RawClient;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The messages of one session are handled in strict order with any handlers, while
 * different sessions run concurrently.
 */
class MessageOrderProperties {

	private static final int SESSIONS = 24;

	private static final String[] ROUTES = { "order.lane", "order.loop", "order.later", "order.laterOnLane",
			"order.component", "order.slow", "no.such.route" };

	/** The order in which messages were handled, by session. */
	private static final Map<Long, Queue<Long>> handled = new ConcurrentHashMap<>();

	private static ExecutorService elsewhere;

	private static TestServer server;

	@BeforeContainer
	static void start() {
		elsewhere = Executors.newFixedThreadPool(3);
		server = new TestServer();
		server.lane("order.lane", MessageOrderProperties::note)
			.loop("order.loop", MessageOrderProperties::note)
			.loop("order.later", (request) -> CompletableFuture.supplyAsync(() -> note(request), elsewhere))
			.lane("order.laterOnLane", (request) -> CompletableFuture.supplyAsync(() -> note(request), elsewhere))
			.route(Route.of("order.component", MessageOrderProperties::note).on(server.lanes.named("component")))
			.lane("order.slow", (request) -> {
				LockSupport.parkNanos(200_000);
				return note(request);
			})
			.start();
	}

	@AfterContainer
	static void stop() {
		server.close();
		elsewhere.shutdownNow();
	}

	private static Long note(Request request) {
		handled.computeIfAbsent(request.session().id(), (id) -> new ConcurrentLinkedQueue<>()).add(request.id());
		return request.session().id();
	}

	@Provide
	Arbitrary<List<String>> routes() {
		return Arbitraries.of(ROUTES).list().ofMinSize(1).ofMaxSize(60);
	}

	@Property(tries = 25, shrinking = ShrinkingMode.BOUNDED)
	void messagesOfASessionAreHandledInOrder(@ForAll("routes") List<String> routes) {
		handled.clear();
		List<CompletableFuture<Long>> clients = new ArrayList<>();
		ExecutorService players = Executors.newFixedThreadPool(SESSIONS);
		for (int i = 0; i < SESSIONS; i++) {
			boolean tcp = i % 2 == 0;
			clients.add(CompletableFuture.supplyAsync(() -> play(tcp, routes), players));
		}
		for (CompletableFuture<Long> client : clients) {
			long session = client.join();
			List<Long> known = new ArrayList<>();
			for (int id = 1; id <= routes.size(); id++) {
				if (!routes.get(id - 1).equals("no.such.route")) {
					known.add((long) id);
				}
			}
			assertThat(handled.getOrDefault(session, new ConcurrentLinkedQueue<>())).containsExactlyElementsOf(known);
		}
		players.shutdown();
	}

	/**
	 * Sends all requests without waiting, and reads the responses, which must be in
	 * order.
	 */
	private static long play(boolean tcp, List<String> routes) {
		long session = -1;
		try (RawClient client = (tcp ? server.tcp() : server.webSocket()).handshake()) {
			for (int id = 1; id <= routes.size(); id++) {
				client.request(id, routes.get(id - 1), "{}");
			}
			for (int id = 1; id <= routes.size(); id++) {
				String answer = client.readResponse(id);
				if (!answer.startsWith("{")) {
					session = Long.parseLong(answer);
				}
			}
		}
		return session;
	}

	@Example
	void differentSessionsAreServedAtTheSameTime() throws Exception {
		CountDownLatch together = new CountDownLatch(2);
		try (TestServer parallel = new TestServer().lane("order.meet", (request) -> {
			together.countDown();
			return together.await(10, TimeUnit.SECONDS);
		}).start(); RawClient one = parallel.tcp().handshake(); RawClient other = parallel.tcp().handshake()) {
			one.request(1, "order.meet", "");
			other.request(1, "order.meet", "");
			assertThat(one.readResponse(1)).isEqualTo("true");
			assertThat(other.readResponse(1)).isEqualTo("true");
		}
	}

}
