package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.group.Group;
import io.nanogame.group.GroupException;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One schedule of {@link ClusterGroupModelTests}. Schedules with an odd seed lose no
 * message.
 */
final class GroupSchedule {

	private static final int STEPS = 40;

	private static final int SIZE = 3;

	private static final int MAX_DELAY = 400;

	/** The name of groups that expire. */
	private static final String PARTY = "party";

	private static final List<String> NAMES = List.of("red", "red", "blue", PARTY);

	/** More than patience, all delays and the time after which groups expire. */
	private static final Duration QUIET = Duration.ofSeconds(40);

	private final List<String> operations = new ArrayList<>();

	private final ModelCluster cluster;

	private final Random random;

	private final boolean isLossy;

	private final List<ModelNode> gateways = new ArrayList<>();

	private final List<Player> players = new ArrayList<>();

	private final ExpectedPushes expected;

	private OpenedGroups groups;

	private int lastPush;

	GroupSchedule(long seed) {
		this.cluster = new ModelCluster(seed);
		this.random = this.cluster.random;
		this.isLossy = seed % 2 == 0;
		this.expected = new ExpectedPushes(this.cluster.time::nanoTime, Set.of(PARTY));
	}

	List<String> operations() {
		return this.operations;
	}

	void run() {
		for (int i = 0; i < SIZE; i++) {
			startRoom("room" + i);
			startGateway("gate" + i);
		}
		this.cluster.settle();
		this.groups = new OpenedGroups(this.cluster.time::nanoTime, List.copyOf(this.cluster.nodes));
		for (int i = 0; i < SIZE; i++) {
			this.players.add(new Player("p" + i, this.gateways.get(i)));
		}
		for (int i = 0; i < STEPS; i++) {
			step();
		}
		heal();
		checkMembers();
		this.groups.check();
		this.players.forEach(Player::check);
	}

	private void startRoom(String name) {
		this.cluster.node(name, LoginPolicy.SEVERAL).greeting().route("room.hello", (request) -> "hello").start(false);
	}

	private void startGateway(String name) {
		this.gateways.add(this.cluster.node(name, LoginPolicy.SEVERAL).greeting().start(true));
	}

	private void note(String operation) {
		this.operations.add(operation);
	}

	private <T> T any(List<T> some) {
		return some.get(this.random.nextInt(some.size()));
	}

	private void step() {
		switch (this.random.nextInt(this.isLossy ? 25 : 20)) {
			case 0 -> any(this.players).hello();
			case 1 -> reconnect();
			case 2 -> this.cluster.network.setFaults(Faults.NONE);
			case 3 -> this.cluster.network.setFaults(new RandomFaults(this.random, 0, MAX_DELAY, null));
			case 4 -> killGateway();
			case 20, 21 -> fault();
			case 22, 23 -> blink();
			case 24 -> restart();
			default -> useSome();
		}
		Duration time = Duration.ofMillis(this.random.nextInt(3) * this.random.nextInt(500));
		note("+" + time.toMillis());
		this.cluster.advance(time);
	}

	private void reconnect() {
		if (this.random.nextInt(3) == 0) {
			any(this.players).reconnect();
		}
	}

	/** The games of some nodes use groups at once. */
	private void useSome() {
		for (int i = this.random.nextInt(3); i >= 0; i--) {
			use(any(this.cluster.nodes), any(NAMES));
		}
	}

	/** The game of a node uses a group. */
	private void use(ModelNode node, String name) {
		Group group = this.groups.get(node, name);
		List<Session> sessions = new ArrayList<>(this.random.nextBoolean() ? node.sessions.all() : group.members());
		sessions.sort(Comparator.comparingLong(Session::id));
		if (sessions.isEmpty()) {
			return;
		}
		Session session = any(sessions);
		switch (this.random.nextInt(14)) {
			case 10 -> close(node, group);
			case 11 -> closeIfEmpty(node, group);
			case 12 -> expireAfter(node, this.groups.get(node, PARTY));
			case 13 -> renew(node, this.groups.get(node, PARTY));
			case 0, 1, 2 -> add(node, group, session);
			case 3, 4 -> leave(node, group, session);
			case 5 -> leaveAll(node, group);
			case 6 -> {
				leave(node, group, session);
				push(node, group, false);
				add(node, group, session);
				push(node, group, false);
			}
			case 7 -> push(node, group, true);
			default -> push(node, group, false);
		}
	}

	private void add(ModelNode node, Group group, Session session) {
		note("%s adds %d to %s".formatted(node.name, session.id(), group.name()));
		try {
			if (group.add(session)) {
				this.expected.added(node, group.name(), session.id());
			}
		}
		catch (GroupException ex) {
			note("it is a member");
		}
	}

	private void leave(ModelNode node, Group group, Session session) {
		note("%s removes %d from %s".formatted(node.name, session.id(), group.name()));
		group.leave(session);
		this.expected.removed(node, group.name(), session.id());
	}

	private void leaveAll(ModelNode node, Group group) {
		note("%s removes all from %s".formatted(node.name, group.name()));
		group.members().forEach((member) -> this.expected.removed(node, group.name(), member.id()));
		group.leaveAll();
	}

	private void close(ModelNode node, Group group) {
		note("%s closes %s".formatted(node.name, group.name()));
		this.groups.closing(node, group.name());
		this.expected.closes(node, group.name());
		group.close();
	}

	private void closeIfEmpty(ModelNode node, Group group) {
		note("%s closes %s if it is empty".formatted(node.name, group.name()));
		this.groups.closeIfEmpty(group);
	}

	private void expireAfter(ModelNode node, Group group) {
		Duration ttl = Duration.ofMillis(1 + this.random.nextInt(10_000));
		note("%s lets %s expire after %s".formatted(node.name, group.name(), ttl));
		this.groups.expiring(node, group.name());
		group.expireAfter(ttl);
	}

	private void renew(ModelNode node, Group group) {
		note("%s renews %s".formatted(node.name, group.name()));
		group.renew();
	}

	private void push(ModelNode node, Group group, boolean isMulticast) {
		int number = ++this.lastPush;
		note("%s pushes %d to %s%s".formatted(node.name, number, group.name(), isMulticast ? ", multicast" : ""));
		if (isMulticast) {
			group.multicast("on" + node.name, number, (member) -> true);
		}
		else {
			this.expected.pushed(node, group.name(), number);
			group.broadcast("on" + node.name, number);
		}
	}

	private void fault() {
		double loss = this.random.nextInt(3) * 0.2;
		MemoryBus cut = (this.random.nextInt(3) == 0) ? any(this.cluster.nodes).bus : null;
		note("loss %s%s".formatted(loss, (cut != null) ? ", partition" : ""));
		this.cluster.network.setFaults(new RandomFaults(this.random, loss, this.random.nextInt(2) * MAX_DELAY, cut));
	}

	/** A connection to the bus is lost, and comes back in a later step. */
	private void blink() {
		ModelNode node = any(this.cluster.nodes);
		if (node.bus.isConnected()) {
			note(node.name + " disconnects");
			node.bus.disconnect();
		}
		else {
			note(node.name + " reconnects");
			node.bus.reconnect();
		}
	}

	/** A backend is killed, and another one of its name starts. */
	private void restart() {
		ModelNode node = any(this.cluster.nodes);
		if (!this.gateways.contains(node)) {
			note(node.name + " is killed and starts again");
			node.kill();
			startRoom(node.name);
		}
	}

	/**
	 * A gateway is killed, and another one of its name starts. Its players connect to
	 * others.
	 */
	private void killGateway() {
		ModelNode killed = any(this.gateways);
		List<ModelNode> others = this.gateways.stream()
			.filter((gateway) -> gateway != killed && gateway.isReady())
			.toList();
		if (!others.isEmpty() && this.random.nextInt(3) == 0) {
			note(killed.name + " is killed and starts again");
			this.expected.killed(killed);
			killed.kill();
			this.gateways.remove(killed);
			startGateway(killed.name);
			this.players.stream()
				.filter((player) -> player.gateway == killed)
				.forEach((player) -> player.reconnect(any(others)));
		}
	}

	private void heal() {
		note("heal");
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.nodes.forEach((node) -> node.bus.reconnect());
		this.cluster.advance(QUIET);
	}

	private void checkMembers() {
		for (String name : NAMES) {
			Set<Long> members = new TreeSet<>();
			for (ModelNode gateway : this.gateways) {
				Set<Long> own = ids(gateway.sessions.all());
				ids(gateway.cluster.groups().members(name)).stream().filter(own::contains).forEach(members::add);
			}
			for (ModelNode node : this.cluster.nodes) {
				node.groups.find(name)
					.ifPresent((group) -> assertThat(ids(group.members())).as("members of %s on %s", name, node.name)
						.isEqualTo(members));
			}
		}
	}

	private static Set<Long> ids(Iterable<Session> sessions) {
		Set<Long> ids = new TreeSet<>();
		sessions.forEach((session) -> ids.add(session.id()));
		return ids;
	}

	/** A client that reconnects. */
	private final class Player {

		private final String name;

		private ModelNode gateway;

		/** The pushes by session and node. */
		private final Map<Long, Map<String, List<Integer>>> received = new HashMap<>();

		private ModelClient client;

		Player(String name, ModelNode gateway) {
			this.name = name;
			this.gateway = gateway;
			this.client = connect();
		}

		private ModelClient connect() {
			Set<Long> before = ids(this.gateway.sessions.all());
			Map<String, List<Integer>> pushes = new HashMap<>();
			ModelClient connected = this.gateway.connect((frame) -> {
				if (frame.route() != null) {
					pushes.computeIfAbsent(frame.route(), (route) -> new ArrayList<>()).add(frame.body().asInt());
				}
			});
			// The first message opens the session; others show it to more nodes.
			for (int i = 0; i < SIZE; i++) {
				connected.request("room.hello", "");
			}
			GroupSchedule.this.cluster.advance(Duration.ZERO);
			long session = ids(this.gateway.sessions.all()).stream()
				.filter((id) -> !before.contains(id))
				.findFirst()
				.orElseThrow();
			this.received.put(session, pushes);
			return connected;
		}

		/** A random node sees the session. */
		void hello() {
			this.client.request("room.hello", "");
		}

		void reconnect(ModelNode to) {
			this.gateway = to;
			reconnect();
		}

		void reconnect() {
			note(this.name + " reconnects");
			GroupSchedule.this.expected.closed(this.received.keySet());
			this.client.close();
			this.client = connect();
		}

		void check() {
			this.received.forEach((session, byNode) -> {
				byNode.forEach((route, pushes) -> assertThat(pushes).as("%s of %s", route, this.name)
					.isSorted()
					.doesNotHaveDuplicates());
				for (ModelNode node : GroupSchedule.this.cluster.nodes) {
					List<Integer> pushes = byNode.getOrDefault("on" + node.name, List.of());
					assertThat(GroupSchedule.this.expected.forbidden(node, session))
						.as("pushes of %s after the removal of %s", node.name, this.name)
						.noneMatch(pushes::contains);
					if (!GroupSchedule.this.isLossy) {
						assertThat(GroupSchedule.this.expected.required(node, session))
							.as("pushes of %s to the member %s, which has received %s", node.name, this.name, pushes)
							.allMatch(pushes::contains);
					}
				}
			});
		}

	}

}
