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

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.route.Request;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One schedule of {@link ReturningPlayersTests}: players whose clients cannot resume, and
 * log in again at any gateway, while their requests are handled and pushes are sent.
 */
final class ReturningSchedule {

	private static final int STEPS = 120;

	private static final int MAX_DELAY_MILLIS = 30;

	private final ModelCluster cluster;

	private final Random random;

	private final boolean isLossy;

	/** The drains of this schedule; null without. */
	private final @Nullable GatewayDrains drains;

	private final List<ModelNode> gateways = new ArrayList<>();

	private final List<ModelNode> backends = new ArrayList<>();

	private final List<ReturningClient> clients = new ArrayList<>();

	/** The handled requests of each player. */
	private final Map<String, List<Integer>> handled = new HashMap<>();

	/** The same in each session of each player. */
	private final Map<String, Map<Long, List<Integer>>> sessions = new HashMap<>();

	/** The sessions that were bound to each player, without those that were continued. */
	private final Map<String, Set<Long>> bound = new HashMap<>();

	private final Map<String, Integer> lastPush = new HashMap<>();

	/**
	 * Creates a schedule.
	 * @param isLossy whether messages between nodes are lost, and gateways are cut off or
	 * killed
	 * @param drains whether gateways are restarted
	 */
	ReturningSchedule(long seed, boolean isLossy, boolean drains) {
		this.cluster = new ModelCluster(seed);
		this.random = this.cluster.random;
		this.isLossy = isLossy;
		this.drains = drains ? new GatewayDrains(this.cluster, this.gateways, this::gateway) : null;
	}

	void run() {
		for (int i = 0; i < 3; i++) {
			this.gateways.add(gateway("gate" + i));
			if (i < 2) {
				ModelNode room = this.cluster.node("room" + i, LoginPolicy.CONTINUE);
				this.backends.add(room.route("room.echo", (request) -> echo(room, request)).start(false));
			}
		}
		this.cluster.settle();
		for (String uid : List.of("ann", "bob")) {
			ReturningClient client = new ReturningClient(uid);
			this.clients.add(client);
			connect(client);
		}
		this.cluster.advance(Duration.ofSeconds(1));
		this.clients.forEach((client) -> client.request("room.echo"));
		this.cluster.settle();
		for (int i = 0; i < STEPS; i++) {
			if (i % 20 == 0) {
				changeFaults();
			}
			step();
			// At least 2 ms: the order of logins is that of the clocks of their gateways.
			this.cluster.advance(Duration.ofMillis(2 + this.random.nextInt(3) * this.random.nextInt(12)));
			if (this.drains != null) {
				this.drains.step();
			}
		}
		calm();
		this.clients.forEach(this::check);
	}

	/** Perhaps one gateway is cut off for a time. */
	private void changeFaults() {
		boolean isCut = this.isLossy && this.random.nextInt(3) == 0;
		this.cluster.network.setFaults(new RandomFaults(this.random, this.isLossy ? 0.1 : 0, MAX_DELAY_MILLIS,
				isCut ? any(this.gateways).bus : null));
		if (this.isLossy && this.random.nextInt(8) == 0) {
			kill(any(this.gateways));
		}
	}

	/** A gateway ends without a farewell, and another one starts in its place. */
	private void kill(ModelNode victim) {
		this.gateways.remove(victim);
		victim.kill();
		this.clients.forEach((client) -> client.lose(victim.transport()));
		this.gateways.add(gateway(victim.name));
	}

	private void calm() {
		if (this.drains != null) {
			this.drains.finish();
		}
		this.cluster.network.setFaults(Faults.NONE);
		for (int i = 0; i < 30; i++) {
			this.cluster.advance(Duration.ofSeconds(1));
			this.clients.stream().filter((client) -> !client.hasSocket()).forEach(this::connect);
			this.clients.forEach(ReturningClient::heartbeat);
			this.cluster.advance(Duration.ofSeconds(1));
		}
	}

	private ModelNode gateway(String name) {
		ModelNode node = this.cluster.node(name, LoginPolicy.CONTINUE);
		node.sessions.addListener(new SessionListener() {

			@Override
			public void bound(Session session) {
				ReturningSchedule.this.bound.computeIfAbsent(session.uid(), (uid) -> new HashSet<>()).add(session.id());
			}

		});
		return node.window(Duration.ofMinutes(10))
			.validator((handshake) -> handshake.session().bind(handshake.request().user().path("uid").asString()))
			.route("gate.echo", (request) -> echo(node, request))
			.start(true);
	}

	private Object echo(ModelNode node, Request request) {
		String[] body = new String(request.body(), StandardCharsets.UTF_8).split(" ");
		int number = Integer.parseInt(body[1]);
		Session session = request.session();
		assertThat(session.uid()).isEqualTo(body[0]);
		this.handled.computeIfAbsent(body[0], (uid) -> new ArrayList<>()).add(number);
		this.sessions.computeIfAbsent(body[0], (uid) -> new HashMap<>())
			.computeIfAbsent(session.id(), (id) -> new ArrayList<>())
			.add(number);
		if (session.attributes().getInt("first") == 0) {
			session.attributes().set("first", number);
			node.groups.get("lobby").add(session);
		}
		session.attributes().set("last", number);
		return number;
	}

	private <T> T any(List<T> some) {
		return some.get(this.random.nextInt(some.size()));
	}

	private void connect(ReturningClient client) {
		client.connect(any(this.gateways).transport());
	}

	private void step() {
		ReturningClient client = any(this.clients);
		switch (this.random.nextInt(11)) {
			case 0, 1, 2 -> {
				if (!client.hasSocket()) {
					connect(client);
				}
			}
			case 3, 4, 5 -> client.request((this.random.nextInt(3) == 0) ? "gate.echo" : "room.echo");
			case 6 -> client.cut();
			case 7 -> client.heartbeat();
			case 8 -> push(any(this.backends));
			case 9 -> broadcast(any(this.random.nextBoolean() ? this.backends : this.gateways));
			default -> {
				if (this.random.nextInt(4) == 0) {
					// The gateway has not noticed that the former connection is broken.
					connect(client);
				}
			}
		}
	}

	private void push(ModelNode node) {
		this.clients.forEach((client) -> node.cluster.users()
			.push(client.uid, "onPush", "user/" + node.id() + " " + next("user/" + node.id())));
	}

	private void broadcast(ModelNode node) {
		String source = "group/" + node.id();
		node.groups.get("lobby").broadcast("onNews", source + " " + next(source));
	}

	private int next(String source) {
		return this.lastPush.merge(source, 1, Integer::sum);
	}

	/** The drains that have ended. */
	int drains() {
		return (this.drains != null) ? this.drains.count() : 0;
	}

	/** The sessions that have left drained gateways without their clients. */
	int parked() {
		return (this.drains != null) ? this.drains.parked() : 0;
	}

	/** Returns whether each player had one session all the time. */
	boolean isContinued() {
		return this.bound.values().stream().allMatch((ids) -> ids.size() == 1);
	}

	private void check(ReturningClient client) {
		assertThat(client.hasSocket()).as("%s is connected after quiet", client.uid).isTrue();
		Session present = only(client.uid);
		List<Integer> executed = this.handled.getOrDefault(client.uid, List.of());
		assertThat(executed).as("handled requests of %s", client.uid)
			.containsAll(client.replies())
			.doesNotHaveDuplicates();
		assertThat(this.sessions.get(client.uid).values()).allSatisfy((numbers) -> assertThat(numbers).isSorted());
		if (isContinued()) {
			client.pushes()
				.forEach((source,
						numbers) -> assertThat(numbers).as("pushes of %s", source).isSorted().doesNotHaveDuplicates());
		}
		if (!this.isLossy) {
			assertThat(this.sessions.get(client.uid)).as("sessions of %s", client.uid).containsOnlyKeys(present.id());
			assertThat(client.kicks()).as("kicks").isZero();
			assertThat(present.attributes().getInt("first")).as("older attribute").isEqualTo(executed.get(0));
			assertThat(present.attributes().getInt("last")).isEqualTo(executed.get(executed.size() - 1));
		}
		checkReached(client);
	}

	/** The only session of the player in the cluster. */
	private Session only(String uid) {
		Map<String, Long> owners = new HashMap<>();
		List<Session> all = new ArrayList<>();
		for (ModelNode node : this.cluster.nodes) {
			assertThat(node.cluster.handover().count()).as("moves of %s", node.name).isZero();
			for (Session session : node.sessions.findByUid(uid)) {
				if (node.owns(session)) {
					owners.put(node.name, session.id());
					all.add(session);
				}
			}
		}
		assertThat(all).as("sessions of %s: %s", uid, owners).hasSize(1);
		assertThat(all.get(0).isConnected()).as("client of %s", uid).isTrue();
		return all.get(0);
	}

	/** A request, a push and a broadcast reach the session and its client. */
	private void checkReached(ReturningClient client) {
		client.request("room.echo");
		this.cluster.settle();
		assertThat(client.replies()).as("last reply").contains(client.lastNumber());
		client.pushes().clear();
		ModelNode room = this.backends.get(0);
		push(room);
		broadcast(room);
		this.cluster.settle();
		assertThat(client.pushes()).containsOnlyKeys("user/" + room.id(), "group/" + room.id());
		assertThat(client.pushes().values()).allSatisfy((numbers) -> assertThat(numbers).hasSize(1));
	}

}
