package io.nanogame.boot.test.room;

import java.util.concurrent.CompletionStage;

import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.match.MatchQueue;
import io.nanogame.spring.match.MatchRule;
import io.nanogame.spring.match.Matchmaker;
import io.nanogame.spring.match.Ticket;

/**
 * A queue for two players, and the requests of clients with any serializer.
 */
@GameComponent("quick")
@MatchQueue(value = "quick", room = "pool", players = 2)
class Quick implements MatchRule {

	private final Matchmaker matchmaker;

	Quick(Matchmaker matchmaker) {
		this.matchmaker = matchmaker;
	}

	@Override
	public boolean fits(Ticket ticket, Ticket other) {
		return true;
	}

	@Handler
	CompletionStage<byte[]> play(Session player) {
		return this.matchmaker.enqueue(player, "quick", null).thenApply((queued) -> new byte[0]);
	}

	@Handler
	CompletionStage<byte[]> stop(Session player) {
		return this.matchmaker.cancel(player, "quick").thenApply((cancelled) -> new byte[0]);
	}

}
