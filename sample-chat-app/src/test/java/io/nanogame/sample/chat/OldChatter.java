package io.nanogame.sample.chat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import tools.jackson.databind.json.JsonMapper;

/**
 * A member with a client that cannot resume, as most of the family: when its connection
 * has ended, it connects and logs in again. It takes a kick as final. It does not join
 * its room again, unless its session is another one.
 */
final class OldChatter extends Chatter {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String HANDSHAKE = "{\"sys\":{\"type\":\"old\",\"version\":\"0.3.0\"},\"user\":{\"uid\":\"%s\"}}";

	/** Longer than any pause of the chat. */
	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final Duration RECONNECT_DELAY = Duration.ofMillis(100);

	private final Map<Long, Consumer<String>> pending = new ConcurrentHashMap<>();

	private final AtomicLong ids = new AtomicLong();

	private final int port;

	private volatile boolean kicked;

	private volatile boolean closed;

	/** Null while there is no connection. */
	private volatile RawClient connection;

	OldChatter(int port, Seat seat) {
		super(seat);
		this.port = port;
		Thread thread = new Thread(this::stayConnected, seat.name());
		thread.setDaemon(true);
		thread.start();
	}

	private void stayConnected() {
		while (!this.closed && !this.kicked) {
			try (RawClient connected = RawClient.tcp(this.port)) {
				connected.patience(PATIENCE);
				connected.handshake(HANDSHAKE.formatted(name()));
				this.connection = connected;
				chat(connected);
			}
			catch (RawClient.ClosedException | UncheckedIOException ex) {
				// Connects again below.
			}
			ended();
			LockSupport.parkNanos(RECONNECT_DELAY.toNanos());
		}
	}

	private void chat(RawClient connected) {
		if (!ledger().isInRoom()) {
			enter();
		}
		while (!this.kicked) {
			read(connected.readData());
		}
	}

	private void read(RawPacket packet) {
		if (packet.isResponse()) {
			Consumer<String> outcome = this.pending.remove(packet.id());
			if (outcome != null) {
				String code = JSON.readTree("[%s]".formatted(packet.payload())).path(0).path("code").asString("0");
				if (code.equals("0")) {
					ledger().resumed();
				}
				outcome.accept(code.equals("0") ? OK : code);
			}
		}
		else if (packet.isPush()) {
			push(packet.route(), packet.payload());
		}
		else if (packet.type() == RawPacket.KICK) {
			this.kicked = true;
		}
	}

	private void push(String route, String payload) {
		if (route.equals("onMessage")) {
			receive(JSON.readValue(payload, ChatMessage.class));
		}
		else if (route.equals("onNewUser") || route.equals("onUserLeft")) {
			ledger().announced();
		}
	}

	/** The connection has ended. */
	private void ended() {
		this.connection = null;
		ledger().cut();
		List.copyOf(this.pending.keySet()).forEach((id) -> finish(id, UNKNOWN));
	}

	private void finish(long id, String outcome) {
		Consumer<String> request = this.pending.remove(id);
		if (request != null) {
			request.accept(outcome);
		}
	}

	@Override
	void request(String route, Object payload, Consumer<String> outcome) {
		RawClient connected = this.connection;
		if (connected == null) {
			outcome.accept(DISCONNECTED);
			return;
		}
		long id = this.ids.incrementAndGet();
		this.pending.put(id, outcome);
		try {
			connected.request(id, route, JSON.writeValueAsString(payload));
		}
		catch (UncheckedIOException ex) {
			finish(id, UNKNOWN);
		}
		if (this.connection != connected) {
			// The connection has ended, perhaps before the request was pending.
			finish(id, UNKNOWN);
		}
	}

	boolean isKicked() {
		return this.kicked;
	}

	@Override
	public void close() {
		this.closed = true;
		RawClient connected = this.connection;
		if (connected != null) {
			connected.close();
		}
	}

}
