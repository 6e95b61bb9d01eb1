package io.nanogame.sample.chat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.nanogame.sample.chat.Ledger.SentMessage;
import reactor.core.publisher.Mono;

/**
 * A member of a room that sends numbered messages, records the messages of the others,
 * and joins again when its session is lost. Thread-safe.
 */
abstract class Chatter implements AutoCloseable {

	static final String OK = "answered";

	static final String TIMED_OUT = "timed out";

	/** Sent, and the connection or the session was lost before the response. */
	static final String UNKNOWN = "unknown";

	/** Not sent, because there was no connection. */
	static final String DISCONNECTED = "not sent while disconnected";

	/** The chat has no room for the sender: its session is another one. */
	private static final String NO_ROOM = "409";

	private static final Duration REJOIN_DELAY = Duration.ofMillis(200);

	private final Seat seat;

	private final Ledger ledger = new Ledger();

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicInteger number = new AtomicInteger();

	private final AtomicInteger benches = new AtomicInteger();

	/**
	 * Where a member sits.
	 *
	 * @param name its name and uid
	 * @param room its room of the chat
	 * @param onBench whether it also takes a seat in a {@link Bench}
	 */
	record Seat(String name, String room, boolean onBench) {
	}

	Chatter(Seat seat) {
		this.seat = seat;
	}

	/**
	 * Sends a request.
	 * @param outcome called once with {@link #OK}, {@link #TIMED_OUT}, {@link #UNKNOWN},
	 * {@link #DISCONNECTED} or the code of an error
	 */
	abstract void request(String route, Object payload, Consumer<String> outcome);

	/** Joins the room in a new session. */
	final void enter() {
		this.ledger.left();
		join();
	}

	private void join() {
		request("room.join", new JoinRequest(name(), room()), (outcome) -> {
			if (outcome.equals(OK)) {
				sit();
			}
			else {
				againAfterError(outcome, this::join);
			}
		});
	}

	/** The reservation finds the former seat of the player, on any node. */
	private void sit() {
		if (!this.seat.onBench()) {
			this.ledger.joined();
			return;
		}
		request("benches.reserve", "", (outcome) -> {
			if (outcome.equals(OK)) {
				request("bench.join", "", this::sat);
			}
			else {
				againAfterError(outcome, this::sit);
			}
		});
	}

	private void sat(String outcome) {
		if (!outcome.equals(OK)) {
			againAfterError(outcome, this::sit);
		}
		else if (this.ledger.joined()) {
			this.benches.incrementAndGet();
		}
	}

	/** Without a connection a new session follows, in which the member joins again. */
	private static void againAfterError(String outcome, Runnable action) {
		if (Character.isDigit(outcome.charAt(0))) {
			Mono.delay(REJOIN_DELAY).subscribe((now) -> action.run());
		}
	}

	final void receive(ChatMessage message) {
		this.ledger.received(String.valueOf(message.name()), Integer.parseInt(message.content()));
	}

	/** Sends the next number, and returns it. */
	final int send() {
		int messageNumber = this.number.getAndIncrement();
		if (!this.ledger.isInRoom()) {
			this.ledger.count(DISCONNECTED);
			return messageNumber;
		}
		this.waiting.incrementAndGet();
		long sent = System.nanoTime();
		request("room.message", new ChatMessage(name(), String.valueOf(messageNumber)), (outcome) -> {
			if (outcome.equals(OK)) {
				this.ledger.confirmed(new SentMessage(messageNumber, sent, System.nanoTime()));
			}
			this.ledger.count(outcome);
			if (outcome.equals(NO_ROOM) && this.ledger.left()) {
				join();
			}
			this.waiting.decrementAndGet();
		});
		return messageNumber;
	}

	final String name() {
		return this.seat.name();
	}

	final String room() {
		return this.seat.room();
	}

	final Ledger ledger() {
		return this.ledger;
	}

	/** Returns the number of messages without a response. */
	final int waiting() {
		return this.waiting.get();
	}

	/** Returns how often it has taken its seat on a bench. */
	final int benches() {
		return this.benches.get();
	}

	@Override
	public abstract void close();

}
