package io.nanogame.spring.match;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.nanogame.spring.match.TicketDesk.Entry;

/**
 * One schedule of {@link MatchModelTests}.
 */
final class MatchSchedule {

	private static final int STEPS = 120;

	private static final int PLAYERS = 14;

	private static final int MAX_DELAY_MILLIS = 2500;

	final List<String> operations = new ArrayList<>();

	private final ModelCluster cluster;

	private final Random random;

	private final List<ModelNode> gateways = new ArrayList<>();

	private final List<ModelNode> owners = new ArrayList<>();

	private final List<ModelPlayer> players = new ArrayList<>();

	/** Whether gateways own queues, too. */
	private final boolean isIdentical;

	private int logins;

	MatchSchedule(long seed) {
		this.random = new Random(seed);
		this.cluster = new ModelCluster(this.random);
		this.isIdentical = this.random.nextInt(4) == 0;
	}

	int matches() {
		return this.cluster.matches();
	}

	void run() {
		for (int i = 0; i < 3; i++) {
			ModelNode gateway = this.cluster.start(this.isIdentical);
			this.gateways.add(gateway);
		}
		for (int i = 0; i < 2; i++) {
			this.owners.add(this.cluster.start(true));
		}
		for (int i = 0; i < PLAYERS; i++) {
			login();
		}
		for (int i = 0; i < STEPS; i++) {
			step();
			this.cluster.advance(Duration.ofMillis(this.random.nextInt(this.random.nextInt(5) == 0 ? 6000 : 400)));
		}
		heal();
		this.cluster.advance(Duration.ofSeconds(20));
		this.cluster.checkMatches();
		this.cluster.advance(Duration.ofSeconds(100));
		this.cluster.checkQueuesAreEmpty();
		this.cluster.checkMatches();
	}

	private void login() {
		ModelPlayer player = new ModelPlayer("p" + ++this.logins, this.cluster);
		this.players.add(player);
		this.cluster.players.put(player.uid(), player);
		any(this.gateways).add(player);
	}

	private <T> T any(List<T> some) {
		return some.get(this.random.nextInt(some.size()));
	}

	private void step() {
		ModelPlayer player = any(this.players);
		switch (this.random.nextInt(44)) {
			case 0 -> log("end", player, () -> end(player));
			case 1, 2, 3 -> log("move", player, () -> move(player));
			case 4, 5 -> log("cancel", player, () -> cancel(player));
			case 6 -> log("join", player, () -> player.join(this.random.nextBoolean() ? "arena" : "field"));
			case 7, 8, 9 -> log("leave", player, player::leaveRooms);
			case 10 -> log("kill owner", player, this::killOwner);
			case 11 -> log("loss", player, () -> this.cluster.network.isLossy = !this.cluster.network.isLossy);
			case 12 -> log("delay", player, () -> this.cluster.network.maxDelayMillis = this.random.nextBoolean() ? 0
					: 1 + this.random.nextInt(MAX_DELAY_MILLIS));
			case 13 -> log("split", player, () -> any(this.gateways).isSplit = this.random.nextBoolean());
			case 14 -> log("drain", player, this::drain);
			case 21 -> log("late", player, () -> this.cluster.network.isLate = !this.cluster.network.isLate);
			case 22, 23, 24 -> log("kill owner in a commit", player, this::killCommittingOwner);
			case 15, 16, 17, 18, 19, 20 -> log("party", player, () -> enqueue(player, party(player)));
			default -> log("enqueue", player, () -> enqueue(player, List.of()));
		}
	}

	private void log(String operation, ModelPlayer player, Runnable action) {
		this.operations.add(operation + " " + player.uid() + " at "
				+ Duration.ofNanos(this.cluster.network.time.nanoTime()).toMillis());
		action.run();
	}

	private void end(ModelPlayer player) {
		ModelNode node = this.cluster.nodeOf(player);
		if (node != null) {
			node.end(player);
			this.players.remove(player);
			login();
		}
	}

	private void move(ModelPlayer player) {
		ModelNode from = this.cluster.nodeOf(player);
		if (from != null) {
			from.remove(player);
			this.cluster.network.after(this.random.nextInt(300), () -> arrive(player));
		}
	}

	private void arrive(ModelPlayer player) {
		any(this.gateways.stream().filter((gateway) -> !gateway.drained).toList()).add(player);
	}

	private List<String> party(ModelPlayer leader) {
		List<String> members = new ArrayList<>();
		members.add(leader.uid());
		for (int i = 0; i <= this.random.nextInt(3); i++) {
			String uid = any(this.players).uid();
			if (!members.contains(uid)) {
				members.add(uid);
			}
		}
		return members;
	}

	private void enqueue(ModelPlayer player, List<String> members) {
		ModelNode node = this.cluster.nodeOf(player);
		if (node != null) {
			QueueInfo queue = any(ModelNode.QUEUES);
			Entry entry = new Entry(1, player.uid(), queue.queue(), members, "" + this.random.nextInt(1000));
			node.lane().execute(() -> node.tickets.enqueue(entry));
		}
	}

	private void cancel(ModelPlayer player) {
		ModelNode node = this.cluster.nodeOf(player);
		if (node != null) {
			String queue = any(ModelNode.QUEUES).queue();
			node.lane().execute(() -> node.tickets.cancel(player.uid(), queue));
		}
	}

	/** The owner dies when it has sent some of the commits of a match. */
	private void killCommittingOwner() {
		int[] left = { 1 + this.random.nextInt(3) };
		this.cluster.network.observer = (from, method) -> {
			if (method.equals("commit") && this.owners.contains(from) && left[0]-- == 0) {
				kill(from);
			}
		};
	}

	private void killOwner() {
		kill(any(this.owners));
	}

	private void kill(ModelNode owner) {
		this.owners.remove(owner);
		this.cluster.kill(owner, this.random.nextInt(3000));
		this.owners.add(this.cluster.start(true));
	}

	/**
	 * Others do not call the gateway, its players leave it, then it stops, and another
	 * one starts.
	 */
	private void drain() {
		ModelNode drained = any(this.gateways);
		if (this.gateways.stream().anyMatch((gateway) -> gateway.drained)) {
			return;
		}
		drained.drained = true;
		List.copyOf(this.players)
			.stream()
			.filter(drained::has)
			.forEach((player) -> this.cluster.network.after(this.random.nextInt(3000), () -> {
				if (drained.has(player)) {
					move(player);
				}
			}));
		this.cluster.network.after(3000 + this.random.nextInt(3000), () -> {
			this.gateways.remove(drained);
			this.cluster.kill(drained, 0);
			this.gateways.add(this.cluster.start(this.isIdentical));
		});
	}

	private void heal() {
		this.cluster.network.isLossy = false;
		this.cluster.network.isLate = false;
		this.cluster.network.observer = (from, method) -> {
		};
		this.cluster.network.maxDelayMillis = 0;
		this.gateways.forEach((gateway) -> gateway.isSplit = false);
	}

}
