package io.nanogame.sample.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.nanogame.client.Backoff;
import io.nanogame.client.ClientState;
import io.nanogame.client.ErrorResponseException;
import io.nanogame.client.NanoClient;
import io.nanogame.client.RequestTimeoutException;
import reactor.core.publisher.Mono;

/**
 * A member of a room that sends numbered messages, records the messages of the others,
 * and rejoins when the connection is lost. Thread-safe.
 */
final class Chatter implements AutoCloseable {

	static final String OK = "answered";

	static final String TIMED_OUT = "timed out";

	static final String LOST = "lost with the connection";

	static final String DISCONNECTED = "not sent while disconnected";

	private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

	private static final Duration REJOIN_DELAY = Duration.ofMillis(200);

	private final String name;

	private final String room;

	private final NanoClient client;

	/** The outcomes of messages. */
	private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();

	private final AtomicInteger waiting = new AtomicInteger();

	// Guarded by this

	private final List<SentMessage> confirmed = new ArrayList<>();

	/** The numbers of received messages, by sender. */
	private final Map<String, BitSet> received = new HashMap<>();

	private final List<Stay> stays = new ArrayList<>();

	/** When the room was joined; 0 while disconnected. */
	private long sinceNanos;

	/** When the connection was lost; 0 while there is one. */
	private long cutNanos;

	private int resumes;

	private int receivedTwice;

	private int number;

	/** A message that the server has confirmed. */
	record SentMessage(int number, long sentNanos, long confirmedNanos) {
	}

	/** From the response to joining until the end of the connection was detected. */
	record Stay(long sinceNanos, long untilNanos) {
	}

	Chatter(int port, String name, String room) {
		this.name = name;
		this.room = room;
		this.client = NanoClient.builder("tcp://127.0.0.1:" + port).reconnect(BACKOFF).build();
		this.client.on("onMessage", ChatMessage.class, this::receive);
		this.client.states().subscribe(this::changed);
		this.client.connect().subscribe();
	}

	private void changed(ClientState state) {
		switch (state.phase()) {
			case OPEN -> {
				left();
				join();
			}
			case RESUMING -> cut();
			case RESUMED -> resumed();
			default -> left();
		}
	}

	private void join() {
		this.client.request("room.join", new JoinRequest(this.name, this.room), JoinResponse.class)
			.subscribe((response) -> joined(), (failure) -> {
				if (failure instanceof ErrorResponseException) {
					Mono.delay(REJOIN_DELAY).subscribe((now) -> changed(this.client.state()));
				}
			});
	}

	private synchronized void joined() {
		this.sinceNanos = System.nanoTime();
	}

	private synchronized void left() {
		if (this.sinceNanos != 0) {
			this.stays.add(new Stay(this.sinceNanos, (this.cutNanos != 0) ? this.cutNanos : System.nanoTime()));
			this.sinceNanos = 0;
		}
		this.cutNanos = 0;
	}

	private synchronized void cut() {
		if (this.cutNanos == 0) {
			this.cutNanos = System.nanoTime();
		}
	}

	private synchronized void resumed() {
		if (this.sinceNanos != 0) {
			this.resumes++;
		}
		this.cutNanos = 0;
	}

	private synchronized void receive(ChatMessage message) {
		BitSet numbers = this.received.computeIfAbsent(message.name(), (sender) -> new BitSet());
		int messageNumber = Integer.parseInt(message.content());
		if (numbers.get(messageNumber)) {
			this.receivedTwice++;
		}
		numbers.set(messageNumber);
	}

	/** Sends the next number, and returns it. */
	int send() {
		int messageNumber;
		synchronized (this) {
			messageNumber = this.number++;
			if (this.sinceNanos == 0) {
				count(DISCONNECTED);
				return messageNumber;
			}
		}
		this.waiting.incrementAndGet();
		long sent = System.nanoTime();
		this.client.request("room.message", new ChatMessage(this.name, String.valueOf(messageNumber)), Void.class)
			.subscribe((nothing) -> {
			}, this::failed, () -> confirmed(new SentMessage(messageNumber, sent, System.nanoTime())));
		return messageNumber;
	}

	private void confirmed(SentMessage message) {
		synchronized (this) {
			this.confirmed.add(message);
		}
		count(OK);
		this.waiting.decrementAndGet();
	}

	private void failed(Throwable failure) {
		count((failure instanceof ErrorResponseException error) ? error.code()
				: (failure instanceof RequestTimeoutException) ? TIMED_OUT : LOST);
		this.waiting.decrementAndGet();
	}

	private void count(String outcome) {
		this.outcomes.computeIfAbsent(outcome, (key) -> new LongAdder()).increment();
	}

	String name() {
		return this.name;
	}

	String room() {
		return this.room;
	}

	Map<String, LongAdder> outcomes() {
		return this.outcomes;
	}

	/** Returns the number of messages without a response. */
	int waiting() {
		return this.waiting.get();
	}

	synchronized boolean isInRoom() {
		return this.sinceNanos != 0;
	}

	/** Returns whether the member was in the room for the whole time. */
	synchronized boolean wasInRoom(long fromNanos, long toNanos) {
		return (this.sinceNanos != 0 && this.sinceNanos - fromNanos <= 0) || this.stays.stream()
			.anyMatch((stay) -> stay.sinceNanos() - fromNanos <= 0 && toNanos - stay.untilNanos() <= 0);
	}

	synchronized boolean hasReceived(String sender, int messageNumber) {
		BitSet numbers = this.received.get(sender);
		return numbers != null && numbers.get(messageNumber);
	}

	/** Returns how often the session was resumed. */
	synchronized int resumes() {
		return this.resumes;
	}

	synchronized int receivedTwice() {
		return this.receivedTwice;
	}

	synchronized List<SentMessage> confirmed() {
		return List.copyOf(this.confirmed);
	}

	/** Returns the times between two stays. */
	synchronized List<Duration> absences() {
		List<Duration> absences = new ArrayList<>();
		for (int i = 0; i < this.stays.size(); i++) {
			long rejoined = (i + 1 < this.stays.size()) ? this.stays.get(i + 1).sinceNanos() : this.sinceNanos;
			if (rejoined != 0) {
				absences.add(Duration.ofNanos(rejoined - this.stays.get(i).untilNanos()));
			}
		}
		return absences;
	}

	@Override
	public void close() {
		this.client.close();
	}

}
