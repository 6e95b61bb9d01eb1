package io.nanogame.sample.chat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.nanogame.sample.chat.Chatter.SentMessage;

/**
 * The messages of the chat that were lost.
 *
 * @param clients the number of clients
 * @param outcomes the number of messages by outcome
 * @param due the deliveries of confirmed messages to members that were in the room for
 * the whole time
 * @param missed the number of those deliveries that are missing
 * @param twice the number of duplicate deliveries
 * @param away the number of missing deliveries to members that were disconnected
 * meanwhile
 * @param absences how long clients were disconnected, shortest first
 */
record Losses(int clients, Map<String, Long> outcomes, long due, long missed, long twice, long away,
		List<Duration> absences) {

	/** A message may be delivered slightly later than its response. */
	private static final long LATER_NANOS = TimeUnit.SECONDS.toNanos(1);

	static Losses of(List<Chatter> all) {
		Map<String, Long> outcomes = new TreeMap<>();
		all.forEach((chatter) -> chatter.outcomes()
			.forEach((outcome, count) -> outcomes.merge(outcome, count.sum(), Long::sum)));
		Map<String, List<Chatter>> rooms = all.stream().collect(Collectors.groupingBy(Chatter::room));
		long due = 0;
		long missed = 0;
		long away = 0;
		for (Chatter sender : all) {
			for (SentMessage message : sender.confirmed()) {
				for (Chatter receiver : rooms.get(sender.room())) {
					boolean received = receiver.hasReceived(sender.name(), message.number());
					boolean inRoom = receiver.wasInRoom(message.sentNanos(), message.confirmedNanos() + LATER_NANOS);
					due += inRoom ? 1 : 0;
					missed += (inRoom && !received) ? 1 : 0;
					away += (!inRoom && !received) ? 1 : 0;
				}
			}
		}
		return new Losses(all.size(), outcomes, due, missed, all.stream().mapToLong(Chatter::receivedTwice).sum(), away,
				all.stream().flatMap((chatter) -> chatter.absences().stream()).sorted().toList());
	}

	@Override
	public String toString() {
		return "%,d clients; messages: %s; of %,d deliveries to connected members, %,d are missing and %,d are duplicates; %,d are missing for disconnected members; %s"
			.formatted(this.clients, this.outcomes, this.due, this.missed, this.twice, this.away,
					this.absences.isEmpty() ? "no client was disconnected"
							: "disconnected %,d times, median %d ms, at most %d ms".formatted(this.absences.size(),
									this.absences.get(this.absences.size() / 2).toMillis(),
									this.absences.get(this.absences.size() - 1).toMillis()));
	}

}
