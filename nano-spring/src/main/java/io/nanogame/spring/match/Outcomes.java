package io.nanogame.spring.match;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import io.nanogame.spring.match.TicketDesk.Outcome;
import io.nanogame.spring.match.TicketDesk.Phase;
import io.nanogame.spring.match.TicketDesk.Place;

/**
 * How the matches of the last minutes have ended on this node, also if their players have
 * moved to another node since. Confined to the lane of the desk.
 */
final class Outcomes {

	/** Much longer than a match can be undecided while all its nodes are up. */
	private static final long MEMORY = Duration.ofMinutes(2).toNanos();

	private final LongSupplier time;

	/** By the ids of matches, those that were changed first at first. */
	private final Map<String, Known> known = new LinkedHashMap<>();

	Outcomes(LongSupplier time) {
		this.time = time;
	}

	Outcome get(String match) {
		Known found = this.known.get(match);
		return (found != null) ? found.outcome() : Outcome.OPEN;
	}

	/**
	 * Commits a match, unless it is frozen or released. Returns whether it is committed.
	 */
	boolean commit(String match, Place place) {
		if (get(match).phase() == Phase.OPEN) {
			put(match, Outcome.committed(place));
		}
		return get(match).phase() == Phase.COMMITTED;
	}

	/** Commits a match because another node has, or a player who was there. */
	void committedElsewhere(String match, Place place) {
		put(match, Outcome.committed(place));
	}

	/** Refuses a commit from now on. Returns how the match had ended. */
	Outcome freeze(String match) {
		Outcome outcome = get(match);
		if (outcome.phase() == Phase.OPEN) {
			put(match, Outcome.FROZEN);
		}
		return outcome;
	}

	/** Releases a match, unless it is committed. */
	void release(String match) {
		if (get(match).phase() != Phase.COMMITTED) {
			put(match, Outcome.RELEASED);
		}
	}

	private void put(String match, Outcome outcome) {
		long now = this.time.getAsLong();
		this.known.remove(match);
		this.known.put(match, new Known(outcome, now));
		Iterator<Known> oldest = this.known.values().iterator();
		while (oldest.hasNext() && now - oldest.next().sinceNanos() > MEMORY) {
			oldest.remove();
		}
	}

	private record Known(Outcome outcome, long sinceNanos) {
	}

}
