package io.nanogame.sample.chat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.nanogame.client.Backoff;
import io.nanogame.client.ClientState;
import io.nanogame.client.ErrorResponseException;
import io.nanogame.client.NanoClient;
import io.nanogame.client.NotConnectedException;
import io.nanogame.client.OutcomeUnknownException;
import io.nanogame.client.RequestTimeoutException;

/**
 * A member with a client of this project, which resumes its session.
 */
final class ResumingChatter extends Chatter {

	private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

	private final NanoClient client;

	/** How often the server has confirmed that the session was resumed. */
	private final AtomicInteger resumed = new AtomicInteger();

	ResumingChatter(int port, Seat seat) {
		super(seat);
		this.client = NanoClient.builder("tcp://127.0.0.1:" + port)
			.user(Map.of("uid", seat.name()))
			.reconnect(BACKOFF)
			.build();
		this.client.on("onMessage", ChatMessage.class, this::receive);
		this.client.on("onNewUser", UserChange.class, (joined) -> ledger().announced());
		this.client.on("onUserLeft", UserChange.class, (left) -> ledger().announced());
		this.client.states().subscribe(this::changed);
		this.client.connect().subscribe();
	}

	private void changed(ClientState state) {
		switch (state.phase()) {
			case OPEN -> enter();
			case RESUMING -> ledger().cut();
			case RESUMED -> {
				this.resumed.incrementAndGet();
				ledger().resumed();
			}
			case LOST, CLOSED -> ledger().left();
			default -> {
			}
		}
	}

	@Override
	void request(String route, Object payload, Consumer<String> outcome) {
		this.client.request(route, payload, Void.class).subscribe((nothing) -> {
		}, (failure) -> outcome.accept(outcome(failure)), () -> outcome.accept(OK));
	}

	private static String outcome(Throwable failure) {
		if (failure instanceof ErrorResponseException error) {
			return error.code();
		}
		if (failure instanceof NotConnectedException) {
			return DISCONNECTED;
		}
		if (failure instanceof RequestTimeoutException) {
			return TIMED_OUT;
		}
		return (failure instanceof OutcomeUnknownException) ? UNKNOWN : failure.toString();
	}

	/** Returns how often the server has confirmed that the session was resumed. */
	int resumed() {
		return this.resumed.get();
	}

	@Override
	public void close() {
		this.client.close();
	}

}
