package io.nanogame.sample.chat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.nanogame.sample.chat.Ledger.SentMessage;

/**
 * The messages that members of the chat have lost.
 *
 * @param clients the number of clients
 * @param outcomes the number of messages that they have sent, by outcome
 * @param due the deliveries of confirmed messages to members that were in the room for
 * the whole time
 * @param missed the number of those deliveries that are missing
 * @param twice the number of duplicate deliveries
 * @param away the number of missing deliveries to members that were disconnected
 * meanwhile
 * @param absences how long clients were without a session, shortest first
 */
record Losses(int clients, Map<String, Long> outcomes, long due, long missed, long twice, long away,
		List<Duration> absences) {

	/** A message may be delivered slightly later than its response. */
	private static final long LATER_NANOS = TimeUnit.SECONDS.toNanos(1);

	/**
	 * Returns what some members of the chat have lost.
	 * @param some the senders of the messages, and the receivers of the deliveries
	 * @param all all members
	 */
	static Losses of(List<? extends Chatter> some, List<Chatter> all) {
		Map<String, Long> outcomes = new TreeMap<>();
		some.forEach((chatter) -> chatter.ledger()
			.outcomes()
			.forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum)));
		Map<String, List<Chatter>> rooms = all.stream().collect(Collectors.groupingBy(Chatter::room));
		long due = 0;
		long missed = 0;
		long away = 0;
		for (Chatter receiver : some) {
			Ledger ledger = receiver.ledger();
			for (Chatter sender : rooms.get(receiver.room())) {
				for (SentMessage message : sender.ledger().confirmed()) {
					boolean received = ledger.hasReceived(sender.name(), message.number());
					boolean inRoom = ledger.wasInRoom(message.sentNanos(), message.confirmedNanos() + LATER_NANOS);
					due += inRoom ? 1 : 0;
					missed += (inRoom && !received) ? 1 : 0;
					away += (!inRoom && !received) ? 1 : 0;
				}
			}
		}
		return new Losses(some.size(), outcomes, due, missed,
				some.stream().mapToLong((chatter) -> chatter.ledger().receivedTwice()).sum(), away,
				some.stream().flatMap((chatter) -> chatter.ledger().absences().stream()).sorted().toList());
	}

	@Override
	public String toString() {
		return "%,d clients; messages: %s; of %,d deliveries to them, %,d are missing and %,d are duplicates; %,d are missing for members without a session; %s"
			.formatted(this.clients, this.outcomes, this.due, this.missed, this.twice, this.away,
					this.absences.isEmpty() ? "no session was lost"
							: "%,d sessions were lost, for a median of %d ms, at most %d ms".formatted(
									this.absences.size(), this.absences.get(this.absences.size() / 2).toMillis(),
									this.absences.get(this.absences.size() - 1).toMillis()));
	}

}
