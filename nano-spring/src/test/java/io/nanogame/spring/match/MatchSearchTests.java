package io.nanogame.spring.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.spring.match.QueueDesk.PartyInfo;
import io.nanogame.spring.match.QueueDesk.Waiting;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which tickets the owner of a queue matches.
 */
class MatchSearchTests {

	private static final int NO_LIMIT = 1000;

	/** The tickets of one rating fit together. */
	private static final MatchRule SAME = (ticket, other) -> ticket.properties(Integer.class)
		.equals(other.properties(Integer.class));

	private final List<WaitingTicket> tickets = new ArrayList<>();

	/** Adds a ticket that has waited less than those before. */
	private void add(Object properties, String... members) {
		long waitedMillis = 1_000_000 - this.tickets.size();
		WaitingTicket ticket = new WaitingTicket("t" + this.tickets.size(), this.tickets.size(), JsonMapper.shared(),
				() -> 0);
		for (String uid : members) {
			ticket.announced(new Waiting(ticket.id(), uid, waitedMillis,
					new PartyInfo(Arrays.asList(members), String.valueOf(properties))), "node");
		}
		this.tickets.add(ticket);
	}

	private static List<List<String>> uids(List<List<WaitingTicket>> matches) {
		return matches.stream()
			.map((match) -> match.stream().flatMap((ticket) -> ticket.members().stream()).toList())
			.toList();
	}

	@Test
	void theOldestTicketsAreMatchedFirst() {
		add(1, "ann");
		add(2, "bob");
		add(1, "cid");
		add(2, "dan");
		add(1, "eve");
		assertThat(uids(new MatchSearch(SAME, 2).search(this.tickets, NO_LIMIT))).containsExactly(List.of("ann", "cid"),
				List.of("bob", "dan"));
	}

	@Test
	void aPartyCountsAsItsPlayers() {
		add(1, "ann");
		add(1, "bob", "cid", "dan");
		add(1, "eve", "fay");
		add(1, "gil");
		assertThat(uids(new MatchSearch(SAME, 3).search(this.tickets, NO_LIMIT)))
			.containsExactly(List.of("ann", "eve", "fay"), List.of("bob", "cid", "dan"));
	}

	@Test
	void allTicketsOfAMatchFitEachOther() {
		MatchRule near = (ticket,
				other) -> Math.abs(ticket.properties(Integer.class) - other.properties(Integer.class)) <= 10;
		add(0, "ann");
		add(10, "bob");
		add(20, "cid");
		assertThat(new MatchSearch(near, 3).search(this.tickets, NO_LIMIT)).isEmpty();
		add(5, "dan");
		assertThat(uids(new MatchSearch(near, 3).search(this.tickets, NO_LIMIT)))
			.containsExactly(List.of("ann", "bob", "dan"));
	}

	@Test
	void aPlayerIsOnceInAMatch() {
		add(1, "ann");
		add(1, "ann");
		assertThat(new MatchSearch(SAME, 2).search(this.tickets, NO_LIMIT)).isEmpty();
	}

	@Test
	void aSearchEndsAfterManyCallsAndTheNextOneContinues() {
		for (int i = 0; i < 1000; i++) {
			add(i, "player" + i);
		}
		add(999, "last");
		AtomicInteger calls = new AtomicInteger();
		MatchSearch search = new MatchSearch((ticket, other) -> {
			calls.incrementAndGet();
			return SAME.fits(ticket, other);
		}, 2);
		int rounds = 1;
		while (search.search(this.tickets, NO_LIMIT).isEmpty()) {
			assertThat(search.isIncomplete()).isTrue();
			assertThat(calls.getAndSet(0)).isLessThan(MatchSearch.MAX_CALLS + 1000);
			rounds++;
		}
		assertThat(rounds).isBetween(9, 11); // 500,000 pairs
		assertThat(search.isIncomplete()).isFalse();
	}

	@Test
	void noMoreMatchesAreFoundThanCanBeMade() {
		for (int i = 0; i < 10; i++) {
			add(1, "player" + i);
		}
		MatchSearch search = new MatchSearch(SAME, 2);
		assertThat(search.search(this.tickets, 3)).hasSize(3);
		assertThat(search.isIncomplete()).isTrue();
	}

	@Test
	void aTicketForWhichTheRuleFailsIsNotMatched() {
		add(1, "ann");
		add(2, "bob");
		add(1, "cid");
		MatchRule failing = (ticket, other) -> {
			if (other.members().contains("bob")) {
				throw new IllegalStateException("Expected");
			}
			return true;
		};
		assertThat(uids(new MatchSearch(failing, 2).search(this.tickets, NO_LIMIT)))
			.containsExactly(List.of("ann", "cid"));
		assertThat(this.tickets.get(1).isReady((node) -> true)).isFalse();
		assertThat(this.tickets.get(0).isReady((node) -> true)).isTrue();
	}

	@Test
	void anOldTicketThatTheRuleCannotReadDoesNotExcludeOthers() {
		add("[\"hostile\"]", "eve");
		add(1, "ann");
		add(1, "bob");
		assertThat(uids(new MatchSearch(SAME, 2).search(this.tickets, NO_LIMIT)))
			.containsExactly(List.of("ann", "bob"));
		assertThat(this.tickets.get(0).isReady((node) -> true)).isFalse();
	}

	@Test
	void aTicketWithWhichTheRuleNeverEndsIsNotMatched() {
		add(1, "eve");
		add(2, "ann");
		add(2, "bob");
		MatchRule recursive = (ticket, other) -> ticket.members().contains("eve") ? endless(0)
				: SAME.fits(ticket, other);
		assertThat(uids(new MatchSearch(recursive, 2).search(this.tickets, NO_LIMIT)))
			.containsExactly(List.of("ann", "bob"));
	}

	@SuppressWarnings("InfiniteRecursion")
	private static boolean endless(int depth) {
		return endless(depth + 1) && depth > 0;
	}

	@Test
	void propertiesMayBePrimitive() {
		add(7, "ann");
		assertThat(this.tickets.get(0).properties(int.class)).isEqualTo(7);
	}

}
