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
import io.nanogame.client.ClientState.Phase;
import io.nanogame.client.ErrorResponseException;
import io.nanogame.client.NanoClient;
import io.nanogame.client.RequestTimeoutException;
import reactor.core.publisher.Mono;

/**
 * Somebody in a room who says messages with numbers, remembers which of the others' came,
 * and comes back when the connection is lost. Any thread.
 */
final class Chatter implements AutoCloseable {

	static final String OK = "answered";

	static final String TIMED_OUT = "timed out";

	static final String LOST = "lost with the connection";

	static final String AWAY = "not said, because away";

	private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

	private static final Duration JOIN_AGAIN = Duration.ofMillis(200);

	private final String name;

	private final String room;

	private final NanoClient client;

	/** How messages ended. */
	private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();

	private final AtomicInteger waiting = new AtomicInteger();

	// Guarded by this

	private final List<Said> said = new ArrayList<>();

	/** Numbers by name. */
	private final Map<String, BitSet> heard = new HashMap<>();

	private final List<Stay> stays = new ArrayList<>();

	/** Since when in the room; 0 while away. */
	private long sinceNanos;

	private int heardTwice;

	private int number;

	/** A message that was answered. */
	record Said(int number, long sentNanos, long answeredNanos) {
	}

	/** From the answer to joining until the end of the connection was noticed. */
	record Stay(long sinceNanos, long untilNanos) {
	}

	Chatter(int port, String name, String room) {
		this.name = name;
		this.room = room;
		this.client = NanoClient.builder("tcp://127.0.0.1:" + port).reconnect(BACKOFF).build();
		this.client.on("onMessage", ChatMessage.class, this::hear);
		this.client.states().subscribe(this::changed);
		this.client.connect().subscribe();
	}

	private void changed(ClientState state) {
		if (state.phase() == Phase.OPEN) {
			join();
		}
		else {
			left();
		}
	}

	private void join() {
		this.client.request("room.join", new JoinRequest(this.name, this.room), JoinResponse.class)
			.subscribe((answer) -> joined(), (failure) -> {
				if (failure instanceof ErrorResponseException) {
					Mono.delay(JOIN_AGAIN).subscribe((now) -> changed(this.client.state()));
				}
			});
	}

	private synchronized void joined() {
		this.sinceNanos = System.nanoTime();
	}

	private synchronized void left() {
		if (this.sinceNanos != 0) {
			this.stays.add(new Stay(this.sinceNanos, System.nanoTime()));
			this.sinceNanos = 0;
		}
	}

	private synchronized void hear(ChatMessage message) {
		BitSet numbers = this.heard.computeIfAbsent(message.name(), (sender) -> new BitSet());
		int which = Integer.parseInt(message.content());
		if (numbers.get(which)) {
			this.heardTwice++;
		}
		numbers.set(which);
	}

	/** Says the next number, and returns it. */
	int say() {
		int which;
		synchronized (this) {
			which = this.number++;
			if (this.sinceNanos == 0) {
				count(AWAY);
				return which;
			}
		}
		this.waiting.incrementAndGet();
		long sent = System.nanoTime();
		this.client.request("room.message", new ChatMessage(this.name, String.valueOf(which)), Void.class)
			.subscribe((nothing) -> {
			}, this::failed, () -> answered(new Said(which, sent, System.nanoTime())));
		return which;
	}

	private void answered(Said message) {
		synchronized (this) {
			this.said.add(message);
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

	/** Messages without an answer yet. */
	int waiting() {
		return this.waiting.get();
	}

	synchronized boolean isThere() {
		return this.sinceNanos != 0;
	}

	/** Whether in the room all the time. */
	synchronized boolean wasThere(long fromNanos, long toNanos) {
		return (this.sinceNanos != 0 && this.sinceNanos - fromNanos <= 0) || this.stays.stream()
			.anyMatch((stay) -> stay.sinceNanos() - fromNanos <= 0 && toNanos - stay.untilNanos() <= 0);
	}

	synchronized boolean hasHeard(String sender, int which) {
		BitSet numbers = this.heard.get(sender);
		return numbers != null && numbers.get(which);
	}

	synchronized int heardTwice() {
		return this.heardTwice;
	}

	synchronized List<Said> said() {
		return List.copyOf(this.said);
	}

	/** Times between two stays. */
	synchronized List<Duration> absences() {
		List<Duration> absences = new ArrayList<>();
		for (int i = 0; i < this.stays.size(); i++) {
			long back = (i + 1 < this.stays.size()) ? this.stays.get(i + 1).sinceNanos() : this.sinceNanos;
			if (back != 0) {
				absences.add(Duration.ofNanos(back - this.stays.get(i).untilNanos()));
			}
		}
		return absences;
	}

	@Override
	public void close() {
		this.client.close();
	}

}
