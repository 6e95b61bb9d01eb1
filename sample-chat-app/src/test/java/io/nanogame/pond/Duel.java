package io.nanogame.pond;

// tag::queue[]
import io.nanogame.spring.match.MatchQueue;
import io.nanogame.spring.match.MatchRule;
import io.nanogame.spring.match.Ticket;

@MatchQueue(value = "duel", room = "pond", players = 2, timeout = "1m")
class Duel implements MatchRule {

	@Override
	public boolean fits(Ticket ticket, Ticket other) { // ticket has waited longer
		int gap = ticket.properties(Skill.class).rating() - other.properties(Skill.class).rating();
		return Math.abs(gap) <= 100 + 10 * ticket.waited().toSeconds();
	}

	record Skill(int rating) {
	}

}
// end::queue[]
