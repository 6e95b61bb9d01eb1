package io.nanogame.sample.chat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.nanogame.sample.chat.Chatter.Said;

/**
 * What was lost of what was said in the chat.
 *
 * @param clients how many talked
 * @param outcomes how often which became of a message
 * @param due how many answered messages were to come to somebody who was there all the
 * time, each who was there counted
 * @param missed how many of those did not come
 * @param twice how many came once too often
 * @param away how many did not come to somebody who was away for the moment
 * @param absences how long clients were away, shortest first
 */
record Toll(int clients, Map<String, Long> outcomes, long due, long missed, long twice, long away,
		List<Duration> absences) {

	/** A message may come a little later than its answer. */
	private static final long LATER_NANOS = TimeUnit.SECONDS.toNanos(1);

	static Toll of(List<Chatter> all) {
		Map<String, Long> outcomes = new TreeMap<>();
		all.forEach((chatter) -> chatter.outcomes()
			.forEach((outcome, count) -> outcomes.merge(outcome, count.sum(), Long::sum)));
		Map<String, List<Chatter>> rooms = all.stream().collect(Collectors.groupingBy(Chatter::room));
		long due = 0;
		long missed = 0;
		long away = 0;
		for (Chatter sender : all) {
			for (Said message : sender.said()) {
				for (Chatter hearer : rooms.get(sender.room())) {
					boolean heard = hearer.hasHeard(sender.name(), message.number());
					boolean there = hearer.wasThere(message.sentNanos(), message.answeredNanos() + LATER_NANOS);
					due += there ? 1 : 0;
					missed += (there && !heard) ? 1 : 0;
					away += (!there && !heard) ? 1 : 0;
				}
			}
		}
		return new Toll(all.size(), outcomes, due, missed, all.stream().mapToLong(Chatter::heardTwice).sum(), away,
				all.stream().flatMap((chatter) -> chatter.absences().stream()).sorted().toList());
	}

	@Override
	public String toString() {
		return "%,d clients; messages: %s; of %,d that were due to who was there, %,d did not come and %,d came twice; %,d did not come to who was away; %s"
			.formatted(this.clients, this.outcomes, this.due, this.missed, this.twice, this.away,
					this.absences.isEmpty() ? "nobody was away"
							: "away %,d times, for %d ms in the middle, %d ms at most".formatted(this.absences.size(),
									this.absences.get(this.absences.size() / 2).toMillis(),
									this.absences.get(this.absences.size() - 1).toMillis()));
	}

}
