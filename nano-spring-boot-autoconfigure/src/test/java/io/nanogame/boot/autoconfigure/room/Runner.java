package io.nanogame.boot.autoconfigure.room;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A player who sends numbers to a {@link Relay} without a break, several at once, and
 * reads all that arrives.
 */
final class Runner implements AutoCloseable {

	private static final int NOTIFIES = 4;

	private final RawClient client;

	/** Whether each step waits for the next state. */
	private final boolean paced;

	private final CompletableFuture<Void> end = new CompletableFuture<>();

	/** What must not have arrived. */
	private final List<String> wrong = new ArrayList<>();

	private volatile boolean stopped;

	private volatile int number;

	private long version;

	Runner(RawClient client) {
		this(client, false);
	}

	/** Returns a player who sends a number after each state. */
	static Runner paced(RawClient client) {
		return new Runner(client, true);
	}

	private Runner(RawClient client, boolean paced) {
		this.client = client;
		this.paced = paced;
		Thread thread = new Thread(this::run, "runner");
		thread.setDaemon(true);
		thread.start();
	}

	private void run() {
		try {
			while (!this.stopped) {
				for (int i = 0; i < NOTIFIES; i++) {
					if (this.paced) {
						readState();
					}
					this.client.notify("relay.step", String.valueOf(++this.number));
				}
				int asked = ++this.number;
				this.client.request(asked, "relay.step", String.valueOf(asked));
				readReply(asked);
			}
			this.end.complete(null);
		}
		catch (Throwable ex) {
			this.end.completeExceptionally(ex);
		}
	}

	private void readState() {
		RawPacket packet = this.client.readData();
		while (!packet.isPush()) {
			this.wrong.add("another reply: " + packet);
			packet = this.client.readData();
		}
		received(packet);
	}

	private void readReply(int asked) {
		while (true) {
			RawPacket packet = this.client.readData();
			if (packet.isPush()) {
				received(packet);
				continue;
			}
			if (packet.id() != asked || !packet.payload().equals(String.valueOf(asked))) {
				this.wrong.add("reply to " + asked + ": " + packet.id() + " " + packet.payload());
			}
			return;
		}
	}

	private void received(RawPacket push) {
		if (!push.route().equals("room.state")) {
			this.wrong.add(push.route() + " " + push.payload());
			return;
		}
		JsonNode state = JsonMapper.shared().readTree(push.payload());
		long next = state.path("version").asLong();
		boolean isWhole = state.has("state");
		if (this.version > 0 && (isWhole ? next < this.version : next > this.version + 1)) {
			this.wrong.add("version " + next + " after " + this.version);
		}
		this.version = Math.max(this.version, next);
	}

	/** Returns the number of the last step. */
	int number() {
		return this.number;
	}

	void stop() {
		this.stopped = true;
	}

	/** Stops after the current steps. Returns what must not have arrived. */
	List<String> finish() {
		stop();
		this.end.join();
		return this.wrong;
	}

	@Override
	public void close() {
		stop();
	}

}
