package io.nanogame.sample.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a member of the chat has sent and received, and when it was in its room.
 * Thread-safe.
 */
final class Ledger {

	// Guarded by this

	/** The number of sent messages by outcome. */
	private final Map<String, Long> outcomes = new TreeMap<>();

	private final List<SentMessage> confirmed = new ArrayList<>();

	/** The numbers of received messages, by sender. */
	private final Map<String, BitSet> received = new HashMap<>();

	private final List<Stay> stays = new ArrayList<>();

	/** When the room was joined; 0 while the member is not in it. */
	private long sinceNanos;

	/** When the connection was lost; 0 while there is one, as far as it is known. */
	private long cutNanos;

	private int resumes;

	private int receivedTwice;

	private int announcements;

	/** A message that the server has confirmed. */
	record SentMessage(int number, long sentNanos, long confirmedNanos) {
	}

	/** From the response to joining until the end of the connection was detected. */
	record Stay(long sinceNanos, long untilNanos) {
	}

	/** The room was joined. Returns false if the member was in it already. */
	synchronized boolean joined() {
		boolean isNew = this.sinceNanos == 0;
		if (isNew) {
			this.sinceNanos = System.nanoTime();
		}
		return isNew;
	}

	/**
	 * The session with which the room was joined is lost. Returns false if the member was
	 * not in the room.
	 */
	synchronized boolean left() {
		boolean wasInRoom = this.sinceNanos != 0;
		if (wasInRoom) {
			this.stays.add(new Stay(this.sinceNanos, (this.cutNanos != 0) ? this.cutNanos : System.nanoTime()));
			this.sinceNanos = 0;
		}
		this.cutNanos = 0;
		return wasInRoom;
	}

	/** The connection was lost. */
	synchronized void cut() {
		if (this.cutNanos == 0) {
			this.cutNanos = System.nanoTime();
		}
	}

	/** The session goes on with another connection, if it was cut. */
	synchronized void resumed() {
		if (this.cutNanos != 0 && this.sinceNanos != 0) {
			this.resumes++;
		}
		this.cutNanos = 0;
	}

	synchronized void received(String sender, int number) {
		BitSet numbers = this.received.computeIfAbsent(sender, (name) -> new BitSet());
		if (numbers.get(number)) {
			this.receivedTwice++;
		}
		numbers.set(number);
	}

	/** A member of the room was announced to have joined or left. */
	synchronized void announced() {
		this.announcements++;
	}

	synchronized void confirmed(SentMessage message) {
		this.confirmed.add(message);
	}

	synchronized void count(String outcome) {
		this.outcomes.merge(outcome, 1L, Long::sum);
	}

	synchronized Map<String, Long> outcomes() {
		return new TreeMap<>(this.outcomes);
	}

	synchronized boolean isInRoom() {
		return this.sinceNanos != 0;
	}

	/** Returns whether the member was in the room for the whole time. */
	synchronized boolean wasInRoom(long fromNanos, long toNanos) {
		return (this.sinceNanos != 0 && this.sinceNanos - fromNanos <= 0) || this.stays.stream()
			.anyMatch((stay) -> stay.sinceNanos() - fromNanos <= 0 && toNanos - stay.untilNanos() <= 0);
	}

	synchronized boolean hasReceived(String sender, int number) {
		BitSet numbers = this.received.get(sender);
		return numbers != null && numbers.get(number);
	}

	/** Returns how often the session went on with another connection. */
	synchronized int resumes() {
		return this.resumes;
	}

	synchronized int receivedTwice() {
		return this.receivedTwice;
	}

	synchronized int announcements() {
		return this.announcements;
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

}
