package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.route.Request;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One schedule of {@link ClusterModelTests}.
 */
final class ClusterSchedule {

	private static final int STEPS = 40;

	private static final int SIZE = 3;

	private static final List<String> NAMES = List.of("color", "level");

	/** More than patience, request timeout and all delays. */
	private static final Duration QUIET = Duration.ofSeconds(60);

	private final List<String> operations = new ArrayList<>();

	private final ModelCluster cluster;

	private final Random random;

	private final List<ModelNode> gateways = new ArrayList<>();

	private final List<ModelNode> backends = new ArrayList<>();

	private final List<Player> players = new ArrayList<>();

	/** The requests that were handled, by their bodies. */
	private final Map<String, Integer> handled = new HashMap<>();

	/** The number of the last handled request of each session. */
	private final Map<Long, Integer> lastHandled = new HashMap<>();

	private final List<AssertionError> failures = new ArrayList<>();

	private int lastValue;

	ClusterSchedule(long seed) {
		this.cluster = new ModelCluster(seed);
		this.random = this.cluster.random;
	}

	List<String> operations() {
		return this.operations;
	}

	void run() {
		for (int i = 0; i < SIZE; i++) {
			this.backends
				.add(this.cluster.node("room" + i, LoginPolicy.SEVERAL).route("room.echo", this::handle).start(false));
			this.gateways.add(this.cluster.node("gate" + i, LoginPolicy.SEVERAL).start(true));
		}
		this.cluster.settle();
		for (int i = 0; i < SIZE; i++) {
			this.players.add(new Player("p" + i, this.gateways.get(i)));
		}
		for (int i = 0; i < STEPS; i++) {
			step();
		}
		heal();
		check();
	}

	private Object handle(Request request) {
		String body = JsonMapper.shared().readValue(request.body(), String.class);
		this.handled.merge(body, 1, Integer::sum);
		int number = Integer.parseInt(body.substring(body.indexOf(' ') + 1));
		Integer before = this.lastHandled.put(request.session().id(), number);
		verify(() -> assertThat(number).as("after %s of session %d", before, request.session().id())
			.isGreaterThan((before != null) ? before : 0));
		return body;
	}

	/** A failure must not only be logged by the thread of the node. */
	private void verify(Runnable assertion) {
		try {
			assertion.run();
		}
		catch (AssertionError ex) {
			this.failures.add(ex);
		}
	}

	private void note(String operation) {
		this.operations.add(operation);
	}

	private <T> T any(List<T> some) {
		return some.get(this.random.nextInt(some.size()));
	}

	private void step() {
		switch (this.random.nextInt(12)) {
			case 0, 1, 2 -> any(this.players).request();
			case 3, 4 -> change(any(this.gateways));
			case 5, 6 -> change(any(this.backends));
			case 7 -> fault();
			case 8 -> this.cluster.network.setFaults(Faults.NONE);
			case 9 -> blink();
			case 10 -> any(this.players).reconnect();
			default -> {
			}
		}
		Duration time = Duration.ofMillis(this.random.nextInt(3) * this.random.nextInt(500));
		note("+" + time.toMillis());
		this.cluster.advance(time);
	}

	/** The game of a node changes the state of a session. */
	private void change(ModelNode node) {
		List<Session> sessions = new ArrayList<>(node.sessions.all());
		if (sessions.isEmpty()) {
			return;
		}
		sessions.sort((one, other) -> Long.compare(one.id(), other.id()));
		Session session = any(sessions);
		String name = any(NAMES);
		switch (this.random.nextInt(4)) {
			case 0 -> {
				note(node.name + " removes " + name);
				session.attributes().remove(name);
			}
			case 1 -> rebind(node, session);
			default -> {
				note(node.name + " sets " + name + "=" + (this.lastValue + 1));
				session.attributes().set(name, ++this.lastValue);
			}
		}
	}

	private void rebind(ModelNode node, Session session) {
		if (session.uid() != null) {
			note(node.name + " unbinds");
			session.unbind();
		}
		else {
			String uid = "u" + this.random.nextInt(2);
			note(node.name + " binds " + uid);
			session.bind(uid);
		}
	}

	private void fault() {
		double loss = this.random.nextInt(3) * 0.2;
		int maxDelay = this.random.nextInt(2) * 400;
		MemoryBus cut = any(this.cluster.nodes).bus;
		boolean isCut = this.random.nextInt(3) == 0;
		note("loss %s, delay %d%s".formatted(loss, maxDelay, isCut ? ", partition" : ""));
		this.cluster.network.setFaults(new Faults() {

			@Override
			public boolean isReachable(MemoryBus from, MemoryBus to) {
				return !isCut || from == to || (from != cut && to != cut);
			}

			@Override
			public Duration delay(MemoryBus from, MemoryBus to, String subject) {
				if (from != to && ClusterSchedule.this.random.nextDouble() < loss) {
					return LOST;
				}
				return (maxDelay == 0) ? Duration.ZERO
						: Duration.ofMillis(ClusterSchedule.this.random.nextInt(maxDelay));
			}

		});
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

	private void heal() {
		note("heal");
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.nodes.forEach((node) -> node.bus.reconnect());
		this.cluster.advance(QUIET);
	}

	private void check() {
		assertThat(this.failures).isEmpty();
		Map<Long, Session> owned = new HashMap<>();
		for (ModelNode gateway : this.gateways) {
			gateway.sessions.all().forEach((session) -> owned.put(session.id(), session));
		}
		for (ModelNode backend : this.backends) {
			for (Session copy : backend.sessions.all()) {
				Session owner = owned.get(copy.id());
				assertThat(owner).as("%s has session %d that its gateway does not have", backend.name, copy.id())
					.isNotNull();
				assertThat(copy.attributes().state()).as("attributes of %s on %s", copy, backend.name)
					.isEqualTo(owner.attributes().state());
				assertThat(copy.uid()).as("uid of %s on %s", copy, backend.name).isEqualTo(owner.uid());
			}
		}
		assertThat(this.handled.values()).as("times that messages were handled").allMatch((times) -> times == 1);
		this.players.forEach(Player::check);
	}

	/** A client that reconnects. */
	private final class Player {

		private final String name;

		private final ModelNode gateway;

		/** Bodies of requests without a reply, by connection and id. */
		private final Map<ModelClient, Map<Integer, String>> open = new HashMap<>();

		private final Set<String> refused = new HashSet<>();

		private ModelClient client;

		private int lastRequest;

		Player(String name, ModelNode gateway) {
			this.name = name;
			this.gateway = gateway;
			this.client = connect();
		}

		private ModelClient connect() {
			Map<Integer, String> requests = new HashMap<>();
			ModelClient connected = this.gateway.connect((frame) -> verify(() -> received(requests, frame)));
			this.open.put(connected, requests);
			return connected;
		}

		void reconnect() {
			note(this.name + " reconnects");
			this.client.close();
			this.client = connect();
		}

		void request() {
			if (this.client.isClosed()) {
				reconnect();
			}
			String body = this.name + " " + ++this.lastRequest;
			note(body);
			this.open.get(this.client).put(this.client.request("room.echo", body), body);
		}

		private void received(Map<Integer, String> requests, ModelClient.Frame frame) {
			if (frame.id() == 0) {
				// The reason why the server closes the connection.
				return;
			}
			String body = requests.remove(frame.id());
			assertThat(body).as("%s has received a second reply to %d", this.name, frame.id()).isNotNull();
			if (frame.code() == null) {
				assertThat(frame.body().asString()).isEqualTo(body);
			}
			else if (frame.code().equals("503")) {
				this.refused.add(body);
			}
			else {
				assertThat(frame.code()).isEqualTo("408");
			}
		}

		void check() {
			this.open.forEach((connection, requests) -> {
				if (!connection.isClosed()) {
					assertThat(requests).as("%s has no replies", this.name).isEmpty();
				}
			});
			assertThat(this.refused).as("%s: requests that failed with 503 and were handled", this.name)
				.noneMatch(ClusterSchedule.this.handled::containsKey);
		}

	}

}
