package io.nanogame.benchmarks.soak;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import io.nanogame.benchmarks.soak.SoakApp.Chat;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import tools.jackson.databind.json.JsonMapper;

/**
 * A well-behaved client. It connects, joins a room, sends requests and chats, disconnects
 * in one of several ways, and connects again. It checks everything: each response must be
 * correct and in order, and the messages of its room must arrive without a gap, up to the
 * number in the response to its leaving. Confined to one thread.
 */
final class Player implements Runnable {

	private static final List<String> ECHOES = List.of("echo.lane", "echo.loop", "echo.soon");

	private static final int MAX_BURST = 8;

	private static final int MAX_TEXT_LENGTH = 1500;

	private final Load load;

	private final String room;

	private final Random random;

	private final JsonMapper json = JsonMapper.shared();

	/** The pending requests, in order. */
	private final Deque<PendingRequest> pending = new ArrayDeque<>();

	private RawClient client;

	private long lastId;

	/** The number of the last chat message received; -1 outside of a room. */
	private long lastReceived = -1;

	private long dueNanos = System.nanoTime();

	Player(Load load, int number) {
		this.load = load;
		this.room = "room-" + number / 20;
		this.random = new Random(number);
		this.client = null;
	}

	@Override
	public void run() {
		while (this.load.isRunning()) {
			try {
				connectAndPlay();
			}
			catch (RawClient.ClosedException | UncheckedIOException | AssertionError ex) {
				if (this.load.isStopping()) {
					return;
				}
				this.load.complaints()
					.add(this.room + ": " + ex + " while " + this.pending.size() + " requests were pending");
			}
			finally {
				if (this.client != null) {
					this.client.close();
				}
			}
		}
	}

	private void connectAndPlay() {
		this.pending.clear();
		this.lastReceived = -1;
		this.lastId = 0;
		this.client = this.load.connect(this.random);
		this.client.handshake();
		this.load.connected();
		request("room.join", new Chat(0, this.room));
		awaitResponses();
		int turns = 5 + this.random.nextInt(40);
		for (int turn = 0; turn < turns && this.load.isRunning(); turn++) {
			int burst = 1 + this.random.nextInt(MAX_BURST);
			pace(burst);
			if (this.random.nextInt(4) == 0) {
				this.client.notify("room.chat", write(new Chat(0, "hello")));
			}
			for (int i = 0; i < burst; i++) {
				sendRandomRequest();
			}
			this.client.sendHex("03000000");
			awaitResponses();
		}
		request("room.leave", new Chat(0, ""));
		awaitResponses();
		end();
	}

	/** Waits until the next turn is due. Late turns do not lower the average rate. */
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

	private void sendRandomRequest() {
		int kind = this.random.nextInt(20);
		if (kind == 0) {
			request("no.such", new Chat(0, ""));
		}
		else if (kind == 1) {
			request("echo.refuse", new Chat(0, ""));
		}
		else {
			byte[] letters = new byte[this.random.nextInt(MAX_TEXT_LENGTH)];
			for (int i = 0; i < letters.length; i++) {
				letters[i] = (byte) ('a' + this.random.nextInt(26));
			}
			request(ECHOES.get(this.random.nextInt(ECHOES.size())),
					new Chat(this.random.nextLong(1L << 50), new String(letters) + " ż🎲"));
		}
	}

	private void request(String route, Chat chat) {
		this.lastId++;
		this.pending.add(new PendingRequest(this.lastId, route, chat, System.nanoTime()));
		this.client.request(this.lastId, route, write(chat));
	}

	private String write(Chat chat) {
		return this.json.writeValueAsString(chat);
	}

	private void awaitResponses() {
		while (!this.pending.isEmpty()) {
			RawPacket packet = this.client.readData();
			if (packet.type() == RawPacket.KICK) {
				throw new AssertionError("kicked: " + packet.text());
			}
			else if (packet.isPush()) {
				received(this.json.readValue(packet.payload(), Chat.class));
			}
			else {
				responded(packet);
			}
		}
	}

	private void received(Chat chat) {
		this.load.pushed();
		if (this.lastReceived < 0 || chat.number() != this.lastReceived + 1) {
			throw new AssertionError("message " + chat.number() + " was received after " + this.lastReceived);
		}
		this.lastReceived = chat.number();
	}

	private void responded(RawPacket packet) {
		String payload = packet.payload();
		if (this.load.isStopping() && payload.contains("\"code\":503")) {
			// May arrive before responses to earlier requests.
			if (!this.pending.removeIf((pending) -> pending.id == packet.id())) {
				throw new AssertionError("there is no request " + packet.id());
			}
			return;
		}
		PendingRequest pending = this.pending.poll();
		if (pending == null || packet.id() != pending.id) {
			throw new AssertionError("response " + packet.id() + " was received instead of that to " + pending);
		}
		this.load.latencies().add(System.nanoTime() - pending.sentNanos);
		switch (pending.route) {
			case "room.join" -> this.lastReceived = this.json.readValue(payload, Chat.class).number();
			case "room.leave" -> left(this.json.readValue(payload, Chat.class));
			case "no.such" -> expect(payload.contains("\"code\":404"), pending, payload);
			case "echo.refuse" -> expect(payload.contains("\"code\":403"), pending, payload);
			default -> expect(this.json.readValue(payload, Chat.class).equals(pending.chat), pending, payload);
		}
	}

	private void left(Chat last) {
		if (last.number() != this.lastReceived) {
			throw new AssertionError("received " + this.lastReceived + " of " + last.number() + " messages");
		}
		this.lastReceived = -1;
	}

	private static void expect(boolean correct, PendingRequest pending, String payload) {
		if (!correct) {
			throw new AssertionError("wrong response to " + pending.route + ": " + payload);
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
	 * A request without a response.
	 *
	 * @param id the id
	 * @param route the route
	 * @param chat the payload
	 * @param sentNanos when it was sent
	 */
	private record PendingRequest(long id, String route, Chat chat, long sentNanos) {
	}

}
