package io.nanogame.benchmarks.cuts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.nanogame.benchmarks.cuts.CutsApp.Numbered;
import io.nanogame.client.Backoff;
import io.nanogame.client.ClientState;
import io.nanogame.client.ClientState.Phase;
import io.nanogame.client.NanoClient;

/**
 * A client in Java that sends numbered messages and records everything. One thread sends.
 */
final class Player implements AutoCloseable {

	private static final Backoff RETRY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

	/** Longer than any test: a request must have its response. */
	private static final Duration REQUEST_TIMEOUT = Duration.ofHours(2);

	/** Several of them fit into the window of a session. */
	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

	private final String name;

	private final NanoClient client;

	private final Numbers sent = new Numbers();

	private final Numbers requests = new Numbers();

	private final Numbers responses = new Numbers();

	private final Numbers pushes = new Numbers();

	private final List<Long> awayMillis = new CopyOnWriteArrayList<>();

	private final List<String> complaints = new CopyOnWriteArrayList<>();

	// Confined to the changes of the state, which come one after the other

	private boolean connected;

	private long cutNanos;

	/**
	 * Creates a client that is not connected yet.
	 * @param server {@code tcp://…} or {@code ws://…}
	 */
	Player(String name, String server) {
		this.name = name;
		this.client = NanoClient.builder(server)
			.user(Map.of("name", name))
			.reconnect(RETRY)
			.connectTimeout(CONNECT_TIMEOUT)
			.requestTimeout(REQUEST_TIMEOUT)
			.build();
		this.client.on("onNumber", Numbered.class, (push) -> this.pushes.add(push.number()));
		this.client.onUndelivered((notification) -> complain("a notification was not delivered"));
		this.client.states().subscribe(this::changed);
	}

	private void changed(ClientState state) {
		if (state.phase() == Phase.RESUMING && this.cutNanos == 0) {
			this.cutNanos = System.nanoTime();
		}
		else if (state.phase() == Phase.RESUMED) {
			this.awayMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.cutNanos));
			this.cutNanos = 0;
		}
		else if (state.phase() == Phase.OPEN) {
			this.connected = true;
		}
		else if (this.connected && (state.phase() == Phase.LOST || state.phase() == Phase.WAITING)) {
			complain("the session was lost: " + state.reason());
		}
	}

	private void complain(String what) {
		this.complaints.add(this.name + ": " + what);
	}

	/** Connects. Blocks. */
	void connect() {
		this.client.connect().block(Duration.ofSeconds(30));
	}

	/** Sends a request and a notification. */
	void send() {
		try {
			int number = this.sent.addNext();
			this.requests.add(number);
			this.client.requestAsync("book.request", new Numbered(number), Numbered.class)
				.whenComplete((response, failure) -> replied(number, response, failure));
			this.client.notify("book.note", new Numbered(this.sent.addNext()));
		}
		catch (RuntimeException ex) {
			complain("a message was not sent: " + ex);
		}
	}

	private void replied(int number, Numbered response, Throwable failure) {
		if (failure != null) {
			complain("request %d failed: %s".formatted(number, failure));
			return;
		}
		this.responses.add(response.number());
		if (response.number() != number) {
			complain("request %d has the response of %d".formatted(number, response.number()));
		}
	}

	ClientLedger ledger() {
		return new ClientLedger(this.name, this.sent.toArray(), this.requests.toArray(), this.responses.toArray(),
				this.pushes.toArray(), this.awayMillis.stream().mapToLong(Long::longValue).toArray(),
				List.copyOf(this.complaints));
	}

	@Override
	public void close() {
		this.client.close();
	}

}
