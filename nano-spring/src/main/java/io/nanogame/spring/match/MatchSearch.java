package io.nanogame.spring.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds tickets that fit together: each ticket, the one that has waited longest first,
 * takes those that fit with all it has taken, in their order. Confined to the lane of the
 * queue.
 */
final class MatchSearch {

	private static final Logger log = LoggerFactory.getLogger(MatchSearch.class);

	/** After so many calls of the rule, the next search continues. */
	static final int MAX_CALLS = 50_000;

	private static final Comparator<WaitingTicket> OLDEST_FIRST = Comparator.comparingLong(WaitingTicket::sinceNanos)
		.thenComparingLong(WaitingTicket::number);

	private final MatchRule rule;

	private final int players;

	/** The ticket for which the last search had no time; null if it had for all. */
	private @Nullable WaitingTicket next;

	private int calls;

	MatchSearch(MatchRule rule, int players) {
		this.rule = rule;
		this.players = players;
	}

	/**
	 * Searches for matches.
	 * @param ready the tickets
	 * @param limit the maximum number of matches
	 * @return the matches, each with the ticket first that has waited longest
	 */
	List<List<WaitingTicket>> search(List<WaitingTicket> ready, int limit) {
		List<WaitingTicket> sorted = new ArrayList<>(ready);
		sorted.sort(OLDEST_FIRST);
		Set<WaitingTicket> taken = new HashSet<>();
		List<List<WaitingTicket>> matches = new ArrayList<>();
		int start = start(sorted);
		this.calls = 0;
		this.next = null;
		for (int i = start; i < sorted.size(); i++) {
			if (this.calls >= MAX_CALLS || matches.size() >= limit) {
				this.next = sorted.get(i);
				break;
			}
			if (!taken.contains(sorted.get(i))) {
				List<WaitingTicket> match = match(sorted, i, taken);
				if (!match.isEmpty()) {
					taken.addAll(match);
					matches.add(match);
				}
			}
		}
		return matches;
	}

	/** Returns whether the last search has not considered all tickets. */
	boolean isIncomplete() {
		return this.next != null;
	}

	private int start(List<WaitingTicket> sorted) {
		WaitingTicket first = this.next;
		if (first == null) {
			return 0;
		}
		int index = 0;
		while (index < sorted.size() && OLDEST_FIRST.compare(sorted.get(index), first) < 0) {
			index++;
		}
		return (index < sorted.size()) ? index : 0;
	}

	/** Returns the match of a ticket, or an empty list. */
	private List<WaitingTicket> match(List<WaitingTicket> sorted, int first, Set<WaitingTicket> taken) {
		List<WaitingTicket> match = new ArrayList<>();
		int size = 0;
		for (int i = first; i < sorted.size() && size < this.players; i++) {
			WaitingTicket candidate = sorted.get(i);
			if (size + candidate.size() <= this.players && !taken.contains(candidate) && fits(match, candidate)) {
				match.add(candidate);
				size += candidate.size();
			}
		}
		return (size == this.players) ? match : List.of();
	}

	private boolean fits(List<WaitingTicket> match, WaitingTicket candidate) {
		for (WaitingTicket member : match) {
			this.calls++;
			if (isSamePlayerIn(member, candidate) || member.isExcluded() || candidate.isExcluded()
					|| !fits(member, candidate)) {
				return false;
			}
		}
		return true;
	}

	/** A player with several sessions may have several tickets. */
	private static boolean isSamePlayerIn(WaitingTicket one, WaitingTicket other) {
		return one.members().stream().anyMatch(other.members()::contains);
	}

	private boolean fits(WaitingTicket ticket, WaitingTicket other) {
		try {
			return this.rule.fits(ticket, other);
		}
		catch (Throwable ex) {
			WaitingTicket wrong = wrong(ticket, other);
			wrong.exclude();
			log.error("{} has failed for {} and {}; {} is not matched any more", this.rule, ticket, other, wrong, ex);
			return false;
		}
	}

	/**
	 * Returns the ticket for which a rule has failed: one with which it fails alone, and
	 * if that is unknown, the newer one.
	 */
	private WaitingTicket wrong(WaitingTicket ticket, WaitingTicket other) {
		return (isFailing(ticket) && !isFailing(other)) ? ticket : other;
	}

	private boolean isFailing(WaitingTicket ticket) {
		try {
			this.rule.fits(ticket, ticket);
			return false;
		}
		catch (Throwable ex) {
			return true;
		}
	}

}
