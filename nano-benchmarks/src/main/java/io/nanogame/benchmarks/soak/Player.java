package io.nanogame.benchmarks.soak;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import io.nanogame.benchmarks.soak.SoakApp.Said;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that behaves: comes, joins a room, asks and talks, leaves in one of the ways
 * there are, and comes again. It believes nothing: each answer must be the right one and
 * come in its turn, and the words of its room must come without a gap, up to the number
 * it is told when it leaves. For one thread.
 */
final class Player implements Runnable {

	private static final List<String> ECHOES = List.of("echo.lane", "echo.loop", "echo.soon");

	private static final int LARGEST_BURST = 8;

	private static final int LONGEST_WORDS = 1500;

	private final Load load;

	private final String room;

	private final Random random;

	private final JsonMapper json = JsonMapper.shared();

	/** What answers are waited for, in order. */
	private final Deque<Question> open = new ArrayDeque<>();

	private RawClient client;

	private long lastId;

	/** The number of the words heard last; -1 outside of a room. */
	private long heard = -1;

	private long dueNanos = System.nanoTime();

	Player(Load load, int number) {
		this.load = load;
		this.room = "room-" + number / 20;
		this.random = new Random(number);
		this.client = null;
	}

	@Override
	public void run() {
		while (this.load.goesOn()) {
			try {
				visit();
			}
			catch (RawClient.ClosedException | UncheckedIOException | AssertionError ex) {
				if (this.load.isStopping()) {
					return;
				}
				this.load.complaints().add(this.room + ": " + ex + " while " + this.open.size() + " answers were open");
			}
			finally {
				if (this.client != null) {
					this.client.close();
				}
			}
		}
	}

	private void visit() {
		this.open.clear();
		this.heard = -1;
		this.lastId = 0;
		this.client = this.load.connect(this.random);
		this.client.handshake();
		this.load.connected();
		ask("room.join", new Said(0, this.room));
		awaitAnswers();
		int turns = 5 + this.random.nextInt(40);
		for (int turn = 0; turn < turns && this.load.goesOn(); turn++) {
			int burst = 1 + this.random.nextInt(LARGEST_BURST);
			pace(burst);
			if (this.random.nextInt(4) == 0) {
				this.client.notify("room.say", write(new Said(0, "hello")));
			}
			for (int i = 0; i < burst; i++) {
				askSomething();
			}
			this.client.sendHex("03000000");
			awaitAnswers();
		}
		ask("room.leave", new Said(0, ""));
		awaitAnswers();
		end();
	}

	/** Keeps the rate, on average, also when a turn was late. */
	private void pace(int requests) {
		this.dueNanos += requests * this.load.nanosPerRequest();
		long now = System.nanoTime();
		if (this.dueNanos < now - 1_000_000_000L) {
			this.dueNanos = now;
		}
		while (this.dueNanos - System.nanoTime() > 0) {
			LockSupport.parkNanos(this.dueNanos - System.nanoTime());
		}
	}

	private void askSomething() {
		int kind = this.random.nextInt(20);
		if (kind == 0) {
			ask("no.such", new Said(0, ""));
		}
		else if (kind == 1) {
			ask("echo.refuse", new Said(0, ""));
		}
		else {
			byte[] letters = new byte[this.random.nextInt(LONGEST_WORDS)];
			for (int i = 0; i < letters.length; i++) {
				letters[i] = (byte) ('a' + this.random.nextInt(26));
			}
			ask(ECHOES.get(this.random.nextInt(ECHOES.size())),
					new Said(this.random.nextLong(1L << 50), new String(letters) + " ż🎲"));
		}
	}

	private void ask(String route, Said said) {
		this.lastId++;
		this.open.add(new Question(this.lastId, route, said, System.nanoTime()));
		this.client.request(this.lastId, route, write(said));
	}

	private String write(Said said) {
		return this.json.writeValueAsString(said);
	}

	private void awaitAnswers() {
		while (!this.open.isEmpty()) {
			RawPacket packet = this.client.readData();
			if (packet.type() == RawPacket.KICK) {
				throw new AssertionError("kicked: " + packet.text());
			}
			else if (packet.isPush()) {
				heard(this.json.readValue(packet.payload(), Said.class));
			}
			else {
				answered(packet);
			}
		}
	}

	private void heard(Said said) {
		this.load.pushed();
		if (this.heard < 0 || said.number() != this.heard + 1) {
			throw new AssertionError("words " + said.number() + " came after " + this.heard);
		}
		this.heard = said.number();
	}

	private void answered(RawPacket packet) {
		String payload = packet.payload();
		if (this.load.isStopping() && payload.contains("\"code\":503")) {
			// May come ahead of answers that are still on their way.
			if (!this.open.removeIf((question) -> question.id == packet.id())) {
				throw new AssertionError("nobody asked for " + packet.id());
			}
			return;
		}
		Question question = this.open.poll();
		if (question == null || packet.id() != question.id) {
			throw new AssertionError("answer " + packet.id() + " came instead of the one to " + question);
		}
		this.load.latencies().add(System.nanoTime() - question.askedNanos);
		switch (question.route) {
			case "room.join" -> this.heard = this.json.readValue(payload, Said.class).number();
			case "room.leave" -> left(this.json.readValue(payload, Said.class));
			case "no.such" -> expect(payload.contains("\"code\":404"), question, payload);
			case "echo.refuse" -> expect(payload.contains("\"code\":403"), question, payload);
			default -> expect(this.json.readValue(payload, Said.class).equals(question.said), question, payload);
		}
	}

	private void left(Said last) {
		if (last.number() != this.heard) {
			throw new AssertionError("heard up to " + this.heard + " of " + last.number() + " words");
		}
		this.heard = -1;
	}

	private static void expect(boolean right, Question question, String payload) {
		if (!right) {
			throw new AssertionError("wrong answer to " + question.route + ": " + payload);
		}
	}

	private void end() {
		switch (this.random.nextInt(4)) {
			case 0 -> this.client.reset();
			case 1 -> {
				this.client.notify("echo.kick", "{}");
				String ending = this.client.readEnd();
				if (!ending.startsWith("kick {\"reason\":\"as you wish\"}") && !this.load.isStopping()) {
					throw new AssertionError("not kicked: " + ending);
				}
			}
			case 2 -> this.client.finish().awaitClose();
			default -> this.client.close();
		}
	}

	/**
	 * A request that is not answered.
	 *
	 * @param id of the request
	 * @param route where it went
	 * @param said its payload
	 * @param askedNanos when
	 */
	private record Question(long id, String route, Said said, long askedNanos) {
	}

}
