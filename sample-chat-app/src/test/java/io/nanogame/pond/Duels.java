package io.nanogame.pond;

// tag::enqueue[]
import java.util.concurrent.CompletionStage;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.match.Matchmaker;

@GameComponent("duels")
class Duels {

	private final Matchmaker matchmaker;

	Duels(Matchmaker matchmaker) {
		this.matchmaker = matchmaker;
	}

	@Handler
	CompletionStage<Void> play(Session player, int rating) {
		return this.matchmaker.enqueue(player, "duel", new Duel.Skill(rating));
	}

	@Handler
	CompletionStage<Boolean> stop(Session player) {
		return this.matchmaker.cancel(player, "duel");
	}

}
// end::enqueue[]
