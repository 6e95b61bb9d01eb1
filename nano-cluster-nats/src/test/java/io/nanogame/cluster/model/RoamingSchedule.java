package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.group.Group;
import io.nanogame.route.Request;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One schedule of {@link RoamingTests}: clients that are cut and resume on any gateway,
 * while backends handle their requests, push to them, to their group and their players.
 */
final class RoamingSchedule {

	private static final int STEPS = 120;

	private final ModelCluster cluster;

	private final Random random;

	/** Whether one of ten messages between nodes is lost. */
	private final boolean loses;

	private final List<ModelNode> gateways = new ArrayList<>();

	private final List<ModelNode> backends = new ArrayList<>();

	private final List<RoamingClient> clients = new ArrayList<>();

	private final Map<Long, List<Integer>> handled = new HashMap<>();

	/** The pushes of each source to each session. */
	private final Map<Long, Map<String, List<Integer>>> pushed = new HashMap<>();

	private final Map<String, Integer> lastPush = new HashMap<>();

	RoamingSchedule(long seed, boolean loses) {
		this.cluster = new ModelCluster(seed);
		this.random = this.cluster.random;
		this.loses = loses;
	}

	void run() {
		for (int i = 0; i < 2; i++) {
			ModelNode room = this.cluster.node("room" + i, LoginPolicy.SEVERAL);
			room.route("room.echo", (request) -> echo(room, request));
			this.backends.add(room.start(false));
			this.gateways.add(this.cluster.node("gate" + i, LoginPolicy.SEVERAL).start(true));
		}
		this.gateways.add(this.cluster.node("gate2", LoginPolicy.SEVERAL).start(true));
		this.cluster.settle();
		for (int i = 0; i < 2; i++) {
			this.clients.add(new RoamingClient(this.random));
		}
		this.clients.forEach(this::connect);
		this.cluster.advance(Duration.ofSeconds(1));
		this.clients.forEach((client) -> client.request("room.echo"));
		this.cluster.settle();
		this.cluster.network.setFaults(new Faults() {

			@Override
			public boolean isReachable(MemoryBus from, MemoryBus to) {
				return true;
			}

			@Override
			public Duration delay(MemoryBus from, MemoryBus to, String subject) {
				if (RoamingSchedule.this.loses && from != to && RoamingSchedule.this.random.nextInt(10) == 0) {
					return LOST;
				}
				return Duration.ofMillis(RoamingSchedule.this.random.nextInt(30));
			}

		});
		for (int i = 0; i < STEPS; i++) {
			step();
			this.cluster.advance(Duration.ofMillis(this.random.nextInt(3) * this.random.nextInt(12)));
		}
		this.cluster.network.setFaults(Faults.NONE);
		for (int i = 0; i < 12; i++) {
			this.cluster.advance(Duration.ofSeconds(1));
			this.clients.stream().filter((client) -> !client.hasSocket()).forEach(this::connect);
			this.cluster.advance(Duration.ofSeconds(1));
			this.clients.forEach(RoamingClient::acknowledge);
		}
		if (this.loses) {
			this.clients.forEach(this::checkAfterLoss);
			return;
		}
		this.clients.forEach((client) -> assertThat(client.states().subList(1, client.states().size())).as("states")
			.doesNotContain("LOST"));
		this.clients.forEach(this::check);
	}

	private Object echo(ModelNode node, Request request) {
		int number = Integer.parseInt(new String(request.body(), java.nio.charset.StandardCharsets.UTF_8));
		Session session = request.session();
		this.handled.computeIfAbsent(session.id(), (id) -> new ArrayList<>()).add(number);
		Group lobby = node.groups.get("lobby");
		if (session.uid() == null) {
			session.bind("player" + session.id());
			lobby.add(session);
		}
		return number;
	}

	private <T> T any(List<T> some) {
		return some.get(this.random.nextInt(some.size()));
	}

	private void connect(RoamingClient client) {
		client.connect(any(this.gateways).transport());
	}

	private void step() {
		RoamingClient client = any(this.clients);
		switch (this.random.nextInt(13)) {
			case 0, 1, 2 -> {
				if (!client.hasSocket()) {
					connect(client);
				}
			}
			case 3, 4, 5 -> client.request("room.echo");
			case 6 -> client.cut();
			case 7 -> client.cutSoon();
			case 8 -> client.acknowledge();
			case 9 -> push(any(this.backends));
			case 10 -> broadcast(any(this.random.nextBoolean() ? this.backends : this.gateways));
			case 11 -> pushToPlayers(any(this.random.nextBoolean() ? this.backends : this.gateways));
			default -> {
				if (this.random.nextInt(4) == 0) {
					connect(client);
				}
			}
		}
	}

	private void push(ModelNode node) {
		for (Session session : List.copyOf(node.sessions.all())) {
			if (session.isOpen()) {
				session.push("onPush", node.name + " " + next(session.id(), node.name));
			}
		}
	}

	private void broadcast(ModelNode node) {
		String source = "group-" + node.name;
		int number = this.lastPush.merge(source, 1, Integer::sum);
		this.clients.forEach((client) -> expect(client.session(), source, number));
		node.groups.get("lobby").broadcast("onNews", source + " " + number);
	}

	private void pushToPlayers(ModelNode node) {
		String source = "user-" + node.name;
		for (RoamingClient client : this.clients) {
			node.cluster.users()
				.push("player" + client.session(), "onPush", source + " " + next(client.session(), source));
		}
	}

	private int next(long session, String source) {
		int number = this.lastPush.merge(source + session, 1, Integer::sum);
		expect(session, source, number);
		return number;
	}

	private void expect(long session, String source, int number) {
		this.pushed.computeIfAbsent(session, (id) -> new HashMap<>())
			.computeIfAbsent(source, (id) -> new ArrayList<>())
			.add(number);
	}

	int resumes() {
		return this.clients.stream()
			.mapToInt((client) -> (int) client.states().stream().filter("RESUMED"::equals).count())
			.sum();
	}

	/** What is published between nodes may be lost, but not delivered twice. */
	private void checkAfterLoss(RoamingClient client) {
		assertThat(client.isOpen()).as("open after quiet, states %s", client.states()).isTrue();
		assertThat(client.states().subList(1, client.states().size())).as("states").doesNotContain("LOST");
		this.pushed.getOrDefault(client.session(), Map.of()).forEach((source, expected) -> {
			List<Integer> received = client.pushes().getOrDefault(source, List.of());
			if (!received.isEmpty()) {
				assertThat(expected).as("pushes of %s", source).containsSubsequence(received);
			}
		});
	}

	private void check(RoamingClient client) {
		assertThat(client.isOpen()).as("open after quiet, states %s", client.states()).isTrue();
		assertThat(client.states().subList(1, client.states().size())).as("states").doesNotContain("LOST");
		assertThat(this.handled.getOrDefault(client.session(), List.of())).as("handled").isEqualTo(client.numbers());
		assertThat(client.replies()).as("replies").isEqualTo(client.numbers());
		this.pushed.getOrDefault(client.session(), Map.of())
			.forEach((source, expected) -> assertThat(client.pushes().getOrDefault(source, List.of()))
				.as("pushes of %s", source)
				.isEqualTo(expected));
	}

}
