package io.nanogame.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.nanogame.client.ClientState;
import io.nanogame.client.NanoClient;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.NatsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Gateways are replaced one after the other while clients play. Their load balancer does
 * not even know which of them is drained.
 */
class RollingRestartTests {

	private static final int CLIENTS = 40;

	private final NatsServer nats = new NatsServer();

	private final LoadBalancer balancer = new LoadBalancer();

	private final AtomicInteger opened = new AtomicInteger();

	private final Map<String, List<Integer>> handled = new ConcurrentHashMap<>();

	private final TestNode room = TestNode.backend(this.nats, "room").lane("room.join", (request) -> {
		request.session().bind(new String(request.body()));
		this.room().groups.get("lobby").add(request.session());
		return "";
	}).lane("room.add", (request) -> {
		int number = Integer.parseInt(new String(request.body()));
		this.handled.computeIfAbsent(request.session().uid(), (uid) -> new CopyOnWriteArrayList<>()).add(number);
		return number;
	});

	private final List<TestNode> gateways = new ArrayList<>();

	private final List<Player> players = new ArrayList<>();

	private final ScheduledExecutorService news = Executors.newSingleThreadScheduledExecutor();

	private final AtomicInteger lastNews = new AtomicInteger();

	private TestNode room() {
		return this.room;
	}

	@BeforeEach
	void start() {
		this.room.start();
		this.gateways.add(gateway());
		this.gateways.add(gateway());
		IntStream.range(0, CLIENTS).forEach((i) -> this.players.add(new Player("player" + i)));
		this.news.scheduleAtFixedRate(
				() -> this.room.groups.get("lobby").broadcast("onNews", this.lastNews.incrementAndGet()), 0, 10,
				TimeUnit.MILLISECONDS);
		this.players.forEach(Player::play);
	}

	@AfterEach
	void stop() {
		this.news.shutdownNow();
		this.players.forEach((player) -> player.client.close());
		this.gateways.forEach(TestNode::close);
		this.room.close();
		this.balancer.close();
		this.nats.close();
	}

	private TestNode gateway() {
		TestNode node = TestNode.gateway(this.nats, "gate");
		node.sessions.addListener(new SessionListener() {

			@Override
			public void opened(Session session) {
				RollingRestartTests.this.opened.incrementAndGet();
			}

		});
		node.start();
		node.cluster.drain().setPeriod(Duration.ofSeconds(10));
		await().until(() -> node.cluster.nodes().isKnown("room"));
		this.balancer.add(node.port());
		return node;
	}

	/** As the stop of an app does it. */
	private void replace(int index) {
		TestNode former = this.gateways.get(index);
		this.gateways.set(index, gateway());
		this.players.forEach((player) -> await().until(player::isPlaying));
		former.cluster.drain().stop();
		former.cluster.drain().await(Duration.ofSeconds(5));
		assertThat(former.cluster.drain().progress().clients().sessions()).as("clients that have not left").isZero();
		this.balancer.remove(former.port());
		former.close();
	}

	@Test
	void noPlayerNoticesThatAllGatewaysAreReplaced() {
		replace(0);
		replace(1);
		this.players.forEach((player) -> await().until(player::isPlaying));
		this.players.forEach((player) -> player.playing = false);
		await().until(() -> this.players.stream().allMatch((player) -> player.last.isDone()));
		assertThat(this.players).noneMatch((player) -> player.last.isCompletedExceptionally());
		this.news.shutdown();
		int last = this.lastNews.get();
		await().until(() -> this.players.stream().allMatch((player) -> player.news.contains(last)));
		List<List<List<Integer>>> wrong = new ArrayList<>();
		for (Player player : this.players) {
			List<Integer> numbers = this.handled.get(player.uid);
			assertThat(numbers).as("requests of %s", player.uid)
				.isEqualTo(IntStream.rangeClosed(1, player.lastNumber).boxed().toList());
			List<Integer> news = List.copyOf(player.news);
			wrong.add(irregular(news));
			assertThat(player.phases).as("states of %s", player.uid)
				.contains(ClientState.Phase.RESUMED)
				.doesNotContain(ClientState.Phase.LOST, ClientState.Phase.CLOSED);
		}
		assertThat(this.opened).hasValue(CLIENTS);
		assertThat(wrong).as("news").allMatch(List::isEmpty);
	}

	/** Returns the places at which a push is missing, repeated or out of order. */
	private static List<List<Integer>> irregular(List<Integer> news) {
		return IntStream.range(1, news.size())
			.filter((i) -> news.get(i) != news.get(i - 1) + 1)
			.mapToObj((i) -> news.subList(Math.max(0, i - 3), Math.min(news.size(), i + 3)))
			.toList();
	}

	/** A client that sends one request after the other. */
	private final class Player {

		private final String uid;

		private final NanoClient client;

		private final Queue<Integer> news = new ConcurrentLinkedQueue<>();

		private final Queue<ClientState.Phase> phases = new ConcurrentLinkedQueue<>();

		private volatile CompletableFuture<?> last = new CompletableFuture<>();

		private volatile boolean playing = true;

		private volatile int lastNumber;

		/** The number of the last request when it was looked at. */
		private int seenNumber;

		Player(String uid) {
			this.uid = uid;
			this.client = NanoClient.builder("tcp://127.0.0.1:" + RollingRestartTests.this.balancer.port())
				.requestTimeout(Duration.ofSeconds(30))
				.build();
			this.client.states().map(ClientState::phase).subscribe(this.phases::add);
			this.client.onAny((route, body) -> this.news.add(Integer.parseInt(new String(body))));
			this.client.connect().block(Duration.ofSeconds(10));
			this.client.request("room.join", uid.getBytes(), byte[].class).block(Duration.ofSeconds(10));
		}

		void play() {
			int number = this.lastNumber + 1;
			this.lastNumber = number;
			CompletableFuture<Object> done = new CompletableFuture<>();
			this.last = done;
			this.client.request("room.add", String.valueOf(number).getBytes(), byte[].class)
				.map((body) -> Integer.parseInt(new String(body)))
				.subscribe((reply) -> {
					assertThat(reply).isEqualTo(number);
					if (this.playing) {
						CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS).execute(this::play);
					}
					else {
						done.complete(reply);
					}
				}, done::completeExceptionally);
		}

		/**
		 * Returns whether replies have arrived since the last call that returned true.
		 */
		boolean isPlaying() {
			int now = this.lastNumber;
			if (now < this.seenNumber + 3) {
				return false;
			}
			this.seenNumber = now;
			return true;
		}

	}

}
