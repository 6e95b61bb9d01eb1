package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.session.Handshake;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.LoginRefusedException;
import io.nanogame.session.Session;
import io.nanogame.session.SessionAlreadyBoundException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One schedule of {@link UserModelTests}.
 */
final class UserSchedule {

	private static final int STEPS = 40;

	private static final int SIZE = 3;

	private static final int MAX_PLAYERS = 6;

	static final List<String> UIDS = List.of("ann", "bob");

	private static final int MAX_DELAY_MILLIS = 400;

	/** The time in which nodes exchange the logins of which messages were lost. */
	private static final Duration GRACE = ModelCluster.HEARTBEAT.multipliedBy(2);

	/** More than patience and all delays. */
	private static final Duration QUIET = Duration.ofSeconds(10);

	/**
	 * More than request timeout, queries of its outcome, and the repair of lost messages.
	 */
	private static final Duration MAX_REPAIR = Duration.ofSeconds(60);

	private final List<String> operations = new ArrayList<>();

	private final ModelCluster cluster;

	private final Random random;

	private final LoginPolicy policy;

	/** Whether messages are delayed only, so that each push must arrive. */
	private final boolean lossless;

	private final List<ModelNode> gateways = new ArrayList<>();

	private final List<ModelNode> backends = new ArrayList<>();

	private final List<UserClient> clients = new ArrayList<>();

	private final LoginHistory history;

	private final UserPushes pushes;

	private int lastName;

	UserSchedule(long seed) {
		this.cluster = new ModelCluster(seed);
		this.random = this.cluster.random;
		this.policy = LoginPolicy.values()[(int) (seed % LoginPolicy.values().length)];
		this.lossless = seed % 4 == 0;
		this.history = new LoginHistory(this.cluster.time);
		this.pushes = new UserPushes(this.cluster, this.history, this.clients, Duration.ofMillis(MAX_DELAY_MILLIS));
	}

	List<String> operations() {
		return this.operations;
	}

	void run() {
		note(this.policy + (this.lossless ? " lossless" : ""));
		for (int i = 0; i < SIZE; i++) {
			this.backends
				.add(this.cluster.node("room" + i, this.policy).route("room.echo", (request) -> "hello").start(false));
			ModelNode gateway = this.cluster.node("gate" + i, this.policy).validator(this::validate);
			this.history.observe(gateway);
			this.gateways.add(gateway.start(true));
			this.cluster.advance(Duration.ofMillis(this.random.nextInt(2)));
		}
		this.cluster.settle();
		for (int i = 0; i < STEPS; i++) {
			step();
		}
		heal();
		checkOwners();
		this.cluster.advance(QUIET);
		awaitCopies();
		this.pushes.check(this.lossless);
		this.history.checkEnds();
		checkViews();
	}

	/** The client introduces itself by a name, and perhaps by a uid. */
	private void validate(Handshake handshake) {
		String name = handshake.request().user().path("name").asString();
		String uid = handshake.request().user().path("uid").asString("");
		this.clients.stream()
			.filter((client) -> client.name().equals(name))
			.forEach((client) -> client.accepted(handshake.session()));
		if (!uid.isEmpty()) {
			handshake.session().bind(uid);
		}
	}

	private void note(String operation) {
		this.operations.add(operation);
	}

	private <T> T any(List<T> some) {
		return some.get(this.random.nextInt(some.size()));
	}

	private void step() {
		ModelNode node = any(this.cluster.nodes);
		String uid = any(UIDS);
		switch (this.random.nextInt(20)) {
			case 0, 1, 2, 3 -> connect(any(this.gateways), this.random.nextBoolean() ? uid : "");
			case 4 -> disconnect();
			case 5 -> anyClient(UserClient::request);
			case 6, 7, 8 -> change(any(this.gateways), uid);
			case 9, 10 -> change(any(this.backends), uid);
			case 11, 12 -> note(node.name + " pushes to " + this.pushes.push(node, uid));
			case 13 -> note(node.name + " pushes with a receipt to " + this.pushes.pushWithReceipt(node, uid));
			case 14 -> note(node.name + " kicks " + this.pushes.kick(node, uid));
			case 15 -> note(node.name + " finds " + this.pushes.find(node, uid));
			case 16, 17, 18 -> fault();
			default -> blink();
		}
		Duration time = Duration.ofMillis(this.random.nextInt(3) * this.random.nextInt(500));
		note("+" + time.toMillis());
		this.cluster.advance(time);
	}

	private void connect(ModelNode gateway, String uid) {
		if (this.clients.stream().filter(UserClient::isOpen).count() < MAX_PLAYERS) {
			String name = "p" + ++this.lastName;
			note("%s connects to %s %s".formatted(name, gateway.name, uid));
			UserClient client = new UserClient(name, gateway, this.history);
			this.clients.add(client);
			client.connect(uid);
		}
	}

	private void disconnect() {
		anyClient(UserClient::close);
	}

	private void anyClient(Consumer<UserClient> action) {
		List<UserClient> open = this.clients.stream().filter(UserClient::isOpen).toList();
		if (!open.isEmpty()) {
			UserClient client = any(open);
			note("a client of " + client.name());
			action.accept(client);
		}
	}

	/** The game of a node binds or unbinds a session. */
	private void change(ModelNode node, String uid) {
		List<Session> sessions = node.sessions.all().stream().sorted(Comparator.comparingLong(Session::id)).toList();
		if (sessions.isEmpty()) {
			return;
		}
		Session session = any(sessions);
		try {
			if (session.uid() != null && this.random.nextBoolean()) {
				note(node.name + " unbinds " + session.id());
				session.unbind();
			}
			else {
				note(node.name + " binds " + session.id() + " " + uid);
				session.bind(uid);
			}
		}
		catch (LoginRefusedException | SessionAlreadyBoundException ex) {
			note(ex.getClass().getSimpleName());
		}
	}

	private void fault() {
		if (this.random.nextInt(4) == 0) {
			note("no faults");
			this.cluster.network.setFaults(Faults.NONE);
			return;
		}
		double loss = this.lossless ? 0 : this.random.nextInt(3) * 0.2;
		int maxDelay = this.random.nextInt(2) * MAX_DELAY_MILLIS;
		ModelNode cut = any(this.cluster.nodes);
		boolean isCut = !this.lossless && this.random.nextInt(3) == 0;
		MemoryBus cutBus = isCut ? cut.bus : null;
		note("loss %s, delay %d%s".formatted(loss, maxDelay, isCut ? ", partition of " + cut.name : ""));
		this.cluster.network.setFaults(new RandomFaults(this.random, loss, maxDelay, cutBus));
	}

	/** A connection to the bus is lost, and comes back in a later step. */
	private void blink() {
		ModelNode node = any(this.cluster.nodes);
		if (!this.lossless && node.bus.isConnected()) {
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
		this.cluster.advance(GRACE);
	}

	/** A session ends on backends after its requests, which may be lost. */
	private void awaitCopies() {
		Duration waited = Duration.ZERO;
		while (!this.backends.stream().allMatch(this::isCurrent)) {
			waited = waited.plus(GRACE);
			assertThat(waited).as("time until all copies are current").isLessThan(MAX_REPAIR);
			this.cluster.advance(GRACE);
		}
	}

	private boolean isCurrent(ModelNode backend) {
		return backend.sessions.all()
			.stream()
			.allMatch((copy) -> this.gateways.stream()
				.flatMap((gateway) -> gateway.sessions.find(copy.id()).stream())
				.anyMatch((owner) -> Objects.equals(owner.uid(), copy.uid())));
	}

	private void checkOwners() {
		if (this.policy != LoginPolicy.SEVERAL) {
			UIDS.forEach((uid) -> assertThat(this.history.holders(uid)).as("sessions of %s", uid)
				.hasSizeLessThanOrEqualTo(1));
		}
	}

	/** All nodes reach the same sessions, which are those of the gateways. */
	private void checkViews() {
		checkOwners();
		for (ModelNode gateway : this.gateways) {
			for (String uid : UIDS) {
				assertThat(gateway.sessions.findByUid(uid)).allMatch(this.history.holders(uid)::contains);
			}
		}
		for (ModelNode node : this.cluster.nodes) {
			for (String uid : UIDS) {
				this.pushes.push(node, uid);
				this.pushes.pushWithReceipt(node, uid);
				this.pushes.find(node, uid);
				this.cluster.advance(Duration.ZERO);
				this.pushes.checkLast(node, uid);
			}
		}
		this.cluster.advance(Duration.ofSeconds(2));
		this.pushes.check(true);
	}

}
