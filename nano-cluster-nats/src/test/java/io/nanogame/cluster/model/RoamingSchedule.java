package io.nanogame.cluster.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.group.Group;
import io.nanogame.route.Request;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One schedule of {@link RoamingTests}: clients that are cut and resume on any gateway,
 * while gateways and backends handle their requests, change their sessions, push to them,
 * to their group and their players, and perhaps are killed.
 */
final class RoamingSchedule {

	private static final int STEPS = 120;

	private final ModelCluster cluster;

	private final Random random;

	private final boolean loses;

	private final boolean kills;

	/** The drains of this schedule; null without. */
	private final @Nullable GatewayDrains drains;

	private final List<ModelNode> gateways = new ArrayList<>();

	private final List<ModelNode> backends = new ArrayList<>();

	private final List<RoamingClient> clients = new ArrayList<>();

	/** The handled requests of each session. */
	private final Map<Long, List<Integer>> handled = new HashMap<>();

	/** The pushes of each source to each session. */
	private final Map<Long, Map<String, List<Integer>>> pushed = new HashMap<>();

	private final Map<String, Integer> lastPush = new HashMap<>();

	/** The gateways that have handled requests of each session. */
	private final Map<Long, Set<String>> entrances = new HashMap<>();

	/** The ids of nodes that were killed. */
	private final Set<String> killed = new HashSet<>();

	private final Set<Long> kicked = new HashSet<>();

	RoamingSchedule(long seed, boolean loses, boolean kills) {
		this(seed, loses, kills, false);
	}

	RoamingSchedule(long seed, boolean loses, boolean kills, boolean drains) {
		this.cluster = new ModelCluster(seed);
		this.random = this.cluster.random;
		this.loses = loses;
		this.kills = kills;
		this.drains = drains ? new GatewayDrains(this.cluster, this.gateways, this::gateway) : null;
	}

	void run() {
		for (int i = 0; i < 3; i++) {
			this.gateways.add(gateway("gate" + i));
			if (i < 2) {
				this.backends.add(backend("room" + i));
			}
		}
		this.cluster.settle();
		for (int i = 0; i < 2; i++) {
			this.clients.add(new RoamingClient(this.random));
		}
		this.clients.forEach(this::connect);
		this.cluster.advance(Duration.ofSeconds(1));
		this.clients.forEach((client) -> client.request("room.echo"));
		this.cluster.settle();
		this.cluster.network.setFaults(new RoamingFaults(this.random, this.loses));
		for (int i = 0; i < STEPS; i++) {
			step();
			this.cluster.advance(Duration.ofMillis(this.random.nextInt(3) * this.random.nextInt(12)));
			if (this.drains != null) {
				this.drains.step();
			}
		}
		calm();
		this.clients.forEach(this::check);
		Set<Long> present = this.clients.stream().map(RoamingClient::session).collect(Collectors.toSet());
		for (ModelNode node : this.cluster.nodes) {
			assertThat(node.cluster.handover().count()).as("moves of %s", node.name).isZero();
			assertThat(node.sessions.all().stream().filter(Session::isOpen).map(Session::id))
				.as("sessions of %s", node.name)
				.isSubsetOf(present);
		}
	}

	private void calm() {
		if (this.drains != null) {
			this.drains.finish();
		}
		this.cluster.network.setFaults(Faults.NONE);
		for (int i = 0; i < 30; i++) {
			this.cluster.advance(Duration.ofSeconds(1));
			this.clients.stream().filter((client) -> !client.hasSocket()).forEach(this::connect);
			this.cluster.advance(Duration.ofSeconds(1));
			this.clients.forEach(RoamingClient::acknowledge);
		}
	}

	private ModelNode gateway(String name) {
		ModelNode node = this.cluster.node(name, LoginPolicy.SEVERAL);
		if (this.drains != null) {
			// Clients may be away during several drains.
			node.window(Duration.ofMinutes(10));
		}
		return node.route("gate.echo", (request) -> {
			this.entrances.computeIfAbsent(request.session().id(), (id) -> new HashSet<>()).add(node.name);
			return echo(node, request);
		}).start(true);
	}

	private ModelNode backend(String name) {
		ModelNode node = this.cluster.node(name, LoginPolicy.SEVERAL);
		return node.route("room.echo", (request) -> echo(node, request)).start(false);
	}

	private Object echo(ModelNode node, Request request) {
		int number = Integer.parseInt(new String(request.body(), StandardCharsets.UTF_8));
		Session session = request.session();
		this.handled.computeIfAbsent(session.id(), (id) -> new ArrayList<>()).add(number);
		Group lobby = node.groups.get("lobby");
		if (session.uid() == null) {
			session.bind("player" + session.id());
			lobby.add(session);
		}
		session.attributes().set("last", number);
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
		switch (this.random.nextInt(14)) {
			case 0, 1, 2 -> {
				if (!client.hasSocket()) {
					connect(client);
				}
			}
			case 3, 4, 5 -> client.request((this.random.nextInt(3) == 0) ? "gate.echo" : "room.echo");
			case 6 -> client.cut();
			case 7 -> client.cutSoon();
			case 8 -> client.acknowledge();
			case 9 -> push(any(this.backends));
			case 10 -> broadcast(any(this.random.nextBoolean() ? this.backends : this.gateways));
			case 11 -> pushToPlayers(any(this.random.nextBoolean() ? this.backends : this.gateways));
			case 12 -> seldom(client);
			default -> {
				if (this.random.nextInt(4) == 0) {
					connect(client);
				}
			}
		}
	}

	private void seldom(RoamingClient client) {
		int choice = this.random.nextInt(12);
		if (choice == 0 && this.kills) {
			kill(this.random.nextBoolean() ? this.gateways : this.backends);
		}
		else if (choice == 1) {
			kick(any(this.backends), client.session());
		}
	}

	/** A node ends without a farewell, and another one starts in its place. */
	private void kill(List<ModelNode> some) {
		ModelNode victim = some.remove(this.random.nextInt(some.size()));
		this.killed.add(victim.id());
		victim.kill();
		this.clients.forEach((client) -> client.lose(victim.transport()));
		some.add((some == this.gateways) ? gateway(victim.name) : backend(victim.name));
	}

	private void kick(ModelNode node, long session) {
		node.sessions.find(session).filter(Session::isOpen).ifPresent((found) -> {
			this.kicked.add(session);
			found.kick("cheating");
		});
	}

	private void push(ModelNode node) {
		for (Session session : List.copyOf(node.sessions.all())) {
			if (session.isOpen()) {
				session.push("onPush", node.id() + " " + next(session.id(), node.id()));
			}
		}
	}

	private void broadcast(ModelNode node) {
		String source = "group/" + node.id();
		int number = this.lastPush.merge(source, 1, Integer::sum);
		this.clients.forEach((client) -> expect(client.session(), source, number));
		node.groups.get("lobby").broadcast("onNews", source + " " + number);
	}

	private void pushToPlayers(ModelNode node) {
		String source = "user/" + node.id();
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

	/** The drains that have ended. */
	int drains() {
		return (this.drains != null) ? this.drains.count() : 0;
	}

	/** The sessions that have left drained gateways without their clients. */
	int parked() {
		return (this.drains != null) ? this.drains.parked() : 0;
	}

	int resumes() {
		return this.clients.stream()
			.mapToInt((client) -> (int) client.states().stream().filter("RESUMED"::equals).count())
			.sum();
	}

	private void check(RoamingClient client) {
		assertThat(client.isOpen()).as("open after quiet, states %s", client.states()).isTrue();
		client.lost().forEach((session, code) -> {
			// A session that its client has not acknowledged ends with its connection.
			if (this.killed.isEmpty() && this.handled.containsKey(session)) {
				assertThat(this.kicked).as("lost with the code '%s'", code).contains(session);
			}
		});
		checkRequests(client);
		if (this.killed.isEmpty() && this.drains == null) {
			assertThat(this.entrances.getOrDefault(client.session(), Set.of())).as("component of the gateway")
				.hasSizeLessThan(2);
		}
		Map<String, List<Integer>> pushes = this.pushed.getOrDefault(client.session(), Map.of());
		pushes.forEach((source, expected) -> checkPushes(client, source, expected));
		checkState(client.session());
	}

	private void checkRequests(RoamingClient client) {
		List<Integer> executed = this.handled.getOrDefault(client.session(), List.of());
		if (this.loses || !this.killed.isEmpty()) {
			assertThat(client.replies()).as("replies").containsExactlyInAnyOrderElementsOf(client.numbers());
			assertThat(executed).as("handled").containsAll(client.successful()).isSorted().doesNotHaveDuplicates();
		}
		else {
			assertThat(client.replies()).as("replies").isEqualTo(client.numbers());
			assertThat(executed).as("handled").isEqualTo(client.numbers());
		}
	}

	/** Each push is received once and in order, and all are, unless some may be lost. */
	private void checkPushes(RoamingClient client, String source, List<Integer> expected) {
		List<Integer> received = client.pushes().getOrDefault(source, List.of());
		assertThat(received).as("pushes of %s", source).isSorted().doesNotHaveDuplicates();
		boolean isPublished = source.contains("/");
		boolean isFirst = client.lost().isEmpty() && this.kicked.isEmpty();
		boolean isCertain = !this.loses && (isFirst || !isPublished)
				&& (this.killed.isEmpty() || !isPublished && !this.killed.contains(source));
		if (isCertain) {
			assertThat(received).as("pushes of %s", source).isEqualTo(expected);
		}
	}

	/**
	 * All objects of the session have the same state, which is that of the last change.
	 */
	private void checkState(long id) {
		List<Integer> executed = this.handled.getOrDefault(id, List.of());
		Map<String, Object> values = new HashMap<>();
		this.cluster.nodes.forEach((node) -> node.sessions.find(id)
			.filter(Session::isOpen)
			.ifPresent((session) -> values.put(node.name, session.attributes().getInt("last"))));
		assertThat(Set.copyOf(values.values())).as("attributes %s", values).hasSize(1);
		if (this.killed.isEmpty() && !this.loses && !executed.isEmpty()) {
			assertThat(values).containsValue(executed.get(executed.size() - 1));
		}
	}

}
