package io.nanogame.boot.test.room;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.match.MatchQueue;
import io.nanogame.spring.match.MatchRule;
import io.nanogame.spring.match.Matchmaker;
import io.nanogame.spring.match.Ticket;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.Room;

/**
 * A game whose players duel with those of about the same rating.
 */
@GameComponent("duels")
class Duels {

	private final Matchmaker matchmaker;

	Duels(Matchmaker matchmaker) {
		this.matchmaker = matchmaker;
	}

	@Handler
	CompletionStage<Void> play(Session player, int rating) {
		return this.matchmaker.enqueue(player, "duel", Map.of("rating", rating));
	}

	@Handler
	CompletionStage<Void> playWith(Session player, List<String> party) {
		return this.matchmaker.enqueue(player, party, "duel", new Skill(0));
	}

	@Handler
	CompletionStage<Void> playElsewhere(Session player) {
		return this.matchmaker.enqueue(player, "chess", null);
	}

	@Handler
	CompletionStage<Boolean> stop(Session player) {
		return this.matchmaker.cancel(player, "duel");
	}

	@Handler
	void logout(Session player) {
		player.unbind();
	}

	record Skill(int rating) {
	}

	@MatchQueue(value = "duel", room = "ring", players = 2, timeout = "1m")
	static class Rule implements MatchRule {

		@Override
		public boolean fits(Ticket ticket, Ticket other) {
			int gap = Math.abs(ticket.properties(Skill.class).rating() - other.properties(Skill.class).rating());
			return gap <= 100 + 10 * ticket.waited().toSeconds();
		}

		@Override
		public Object options(List<Ticket> match) {
			return Map.of("waited", match.get(0).waited().toSeconds());
		}

	}

	@GameRoom(value = "ring", seats = 2)
	static class Ring {

		Ring(Room<RingState> room) {
			room.state().waited = room.options(RingState.class).waited;
			room.after(Duration.ofMinutes(1), () -> room.close("over"));
		}

		static class RingState {

			long waited;

		}

	}

}
