package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.session.LoginPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One schedule of {@link ClusterModelTests}.
 */
final class ClusterSchedule {

	private static final int STEPS = 40;

	private static final int SIZE = 3;

	/** More than patience, request timeout and all delays. */
	private static final Duration QUIET = Duration.ofSeconds(60);

	private final List<String> operations = new ArrayList<>();

	private final ModelCluster cluster;

	private final Random random;

	private final ModelGame game;

	/** The newest node of each name. */
	private final Map<String, ModelNode> nodes = new LinkedHashMap<>();

	private final List<ModelPlayer> players = new ArrayList<>();

	ClusterSchedule(long seed) {
		this.cluster = new ModelCluster(seed);
		this.random = this.cluster.random;
		this.game = new ModelGame(this.random, this::note);
	}

	List<String> operations() {
		return this.operations;
	}

	void run() {
		for (int i = 0; i < SIZE; i++) {
			start("room" + i);
			start("gate" + i);
		}
		this.cluster.settle();
		for (int i = 0; i < SIZE; i++) {
			String gateway = "gate" + i;
			ModelPlayer player = new ModelPlayer("p" + i, () -> this.nodes.get(gateway), this.game::problem);
			player.reconnect();
			this.players.add(player);
		}
		for (int i = 0; i < STEPS; i++) {
			step();
		}
		heal();
		this.game.check(this.nodes.values());
		this.players.forEach((player) -> player.check(this.game::wasHandled));
		checkRequests();
	}

	private void start(String name) {
		ModelNode node = this.cluster.node(name, LoginPolicy.SEVERAL);
		boolean gateway = isGateway(name);
		if (!gateway) {
			node.route("room.echo", (request) -> this.game.handle(node, request));
		}
		node.start(gateway);
		this.game.observe(node);
		this.nodes.put(name, node);
	}

	private static boolean isGateway(String name) {
		return name.startsWith("gate");
	}

	private void note(String operation) {
		this.operations.add(operation);
	}

	private <T> T any(List<T> some) {
		return some.get(this.random.nextInt(some.size()));
	}

	private ModelNode any(boolean gateway) {
		return any(this.nodes.values().stream().filter((node) -> isGateway(node.name) == gateway).toList());
	}

	private ModelNode anyNode() {
		return any(List.copyOf(this.nodes.values()));
	}

	private void step() {
		switch (this.random.nextInt(16)) {
			case 0, 1, 2, 3 -> request(any(this.players));
			case 4, 5 -> change(any(true));
			case 6, 7 -> change(any(false));
			case 8 -> fault();
			case 9 -> this.cluster.network.setFaults(Faults.NONE);
			case 10 -> blink(anyNode());
			case 11 -> reconnect(any(this.players));
			case 12 -> endOrRestart(anyNode());
			default -> {
			}
		}
		Duration time = Duration.ofMillis(this.random.nextInt(3) * this.random.nextInt(500));
		note("+" + time.toMillis());
		this.cluster.advance(time);
	}

	private void request(ModelPlayer player) {
		String body = player.nextBody();
		note(body);
		player.request(body);
	}

	private void reconnect(ModelPlayer player) {
		note(player.name + " reconnects");
		player.reconnect();
	}

	private void change(ModelNode node) {
		if (node.isRunning()) {
			switch (this.random.nextInt(6)) {
				case 0 -> this.game.close(node);
				case 1 -> this.game.bindRoute(node, any(false));
				default -> this.game.change(node);
			}
		}
	}

	private void fault() {
		double loss = this.random.nextInt(3) * 0.2;
		int maxDelay = this.random.nextInt(2) * 400;
		ModelNode node = anyNode();
		MemoryBus cut = node.bus;
		boolean isCut = this.random.nextInt(3) == 0;
		boolean isMute = isCut && this.random.nextInt(3) > 0;
		boolean isDeaf = isCut && (!isMute || this.random.nextBoolean());
		note("loss %s, delay %d%s%s".formatted(loss, maxDelay, isMute ? ", mute " + node.name : "",
				isDeaf ? ", deaf " + node.name : ""));
		this.cluster.network.setFaults(new Faults() {

			@Override
			public boolean isReachable(MemoryBus from, MemoryBus to) {
				return from == to || !((isMute && from == cut) || (isDeaf && to == cut));
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
	private void blink(ModelNode node) {
		if (node.bus.isConnected()) {
			note(node.name + " disconnects");
			node.bus.disconnect();
		}
		else {
			note(node.name + " reconnects");
			node.bus.reconnect();
		}
	}

	private void endOrRestart(ModelNode node) {
		if (!node.isRunning()) {
			note(node.name + " starts again");
			start(node.name);
		}
		else if (this.random.nextBoolean()) {
			note(node.name + " is killed");
			node.kill();
		}
		else {
			note(node.name + " stops");
			node.stop();
		}
	}

	private void heal() {
		note("heal");
		this.cluster.network.setFaults(Faults.NONE);
		List.copyOf(this.nodes.values())
			.stream()
			.filter((node) -> !node.isRunning())
			.forEach((node) -> start(node.name));
		this.nodes.values().forEach((node) -> node.bus.reconnect());
		this.cluster.advance(QUIET);
	}

	/** After a quiet time all requests succeed, on the nodes that the game has chosen. */
	private void checkRequests() {
		this.game.calmDown();
		Map<ModelPlayer, String> requests = new LinkedHashMap<>();
		for (ModelPlayer player : this.players) {
			String body = player.nextBody();
			player.request(body);
			requests.put(player, body);
		}
		this.cluster.advance(Duration.ofSeconds(1));
		requests.forEach((player, body) -> assertThat(player.hasSucceeded(body)).as("success of " + body).isTrue());
		for (ModelNode node : this.nodes.values()) {
			node.sessions.all().stream().filter(node::owns).forEach((session) -> this.game.checkRoute(node, session));
		}
	}

}
