package io.nanogame.sample.arena;

import java.util.List;

import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The points of all players.
 */
@Repository
@Profile("!gate")
class Scores {

	private final JdbcClient jdbc;

	Scores(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void add(String player, int points) {
		this.jdbc.sql("""
				merge into score using (values (?, ?)) as won (player, points) on score.player = won.player
				when matched then update set points = score.points + won.points
				when not matched then insert values (won.player, won.points)""").params(player, points).update();
	}

	boolean subtract(String player, int points) {
		return this.jdbc.sql("update score set points = points - ? where player = ? and points >= ?")
			.params(points, player, points)
			.update() == 1;
	}

	List<Score> top() {
		return this.jdbc.sql("select player, points from score order by points desc, player limit 10")
			.query(Score.class)
			.list();
	}

	record Score(String player, int points) {
	}

}
