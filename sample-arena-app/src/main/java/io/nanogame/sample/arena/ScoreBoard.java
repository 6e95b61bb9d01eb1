package io.nanogame.sample.arena;

import java.util.List;

import io.nanogame.route.RequestException;
import io.nanogame.sample.arena.Scores.Score;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;

import org.springframework.context.annotation.Profile;
import org.springframework.transaction.annotation.Transactional;

/**
 * What players can do with their points. Handlers of components may block.
 */
@GameComponent("score")
@Profile("!gate")
class ScoreBoard {

	private final Scores scores;

	ScoreBoard(Scores scores) {
		this.scores = scores;
	}

	@Handler
	List<Score> top() {
		return this.scores.top();
	}

	@Handler
	@Transactional
	void give(Session giver, @Valid Gift gift) {
		if (!this.scores.subtract(giver.uid(), gift.points())) {
			throw new RequestException(409, "you do not have so many points");
		}
		this.scores.add(gift.to(), gift.points());
	}

	record Gift(@NotBlank String to, @Positive int points) {
	}

}
