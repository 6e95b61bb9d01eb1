package io.nanogame.sample.arena;

import java.util.Random;

import io.nanogame.sample.arena.ArenaState.Fighter;
import io.nanogame.sample.arena.ArenaState.Point;
import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.ForSpectators;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.MovableRoom;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.OnLeave;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.Tick;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.core.task.TaskExecutor;

/**
 * A room, in which fighters race for a coin. All of it runs on the lane of the room, so
 * it needs no lock. When its server stops, it moves to another one.
 */
@GameRoom(value = "arena", seats = 4)
@Profile("!gate")
class Arena implements MovableRoom<ArenaState> {

	private static final int MAX_BOTS = 3;

	private final Room<ArenaState> room;

	private final ArenaState state;

	private final Scores scores;

	private final TaskExecutor executor;

	private final Random random = new Random();

	Arena(Room<ArenaState> room, Scores scores, TaskExecutor executor) {
		this.room = room;
		this.state = room.state();
		this.scores = scores;
		this.executor = executor;
		for (int i = 1; i <= room.options(Options.class).atMost(MAX_BOTS); i++) {
			this.state.fighters.put("bot " + i, new Fighter(anywhere(), true));
		}
	}

	@OnJoin
	void join(Session player) {
		this.state.fighters.put(player.uid(), new Fighter(anywhere(), false));
	}

	/**
	 * Not called for players who have lost their connection and may still return. The
	 * database blocks, so another thread calls it.
	 */
	@OnLeave
	void leave(Session player) {
		int score = this.state.fighters.remove(player.uid()).score;
		this.executor.execute(() -> this.scores.add(player.uid(), score));
	}

	@Override
	public ArenaState save() {
		return this.state;
	}

	@Override
	public void restore(ArenaState saved) {
		this.state.fighters.clear();
		this.state.fighters.putAll(saved.fighters);
		this.state.coin = saved.coin;
	}

	@Tick("50ms")
	void tick() {
		this.room.players().forEach((player) -> fighter(player).away = !player.isConnected());
		this.state.fighters.values().forEach(this::step);
	}

	@Handler
	void move(Session player, Move move) {
		fighter(player).turn(move.dx(), move.dy());
	}

	@Handler
	@ForSpectators
	void chat(Session author, @Valid Chat chat) {
		this.room.broadcast("chat", new Said(author.uid(), chat.text()));
	}

	private void step(Fighter fighter) {
		if (fighter.bot && this.random.nextInt(10) == 0) {
			fighter.turn(this.state.coin.x() - fighter.x, this.state.coin.y() - fighter.y);
		}
		if (!fighter.away) {
			fighter.step();
		}
		if (fighter.reaches(this.state.coin)) {
			fighter.score++;
			this.state.coin = anywhere();
		}
	}

	private Fighter fighter(Session player) {
		return this.state.fighters.get(player.uid());
	}

	private Point anywhere() {
		return new Point(this.random.nextInt(ArenaState.SIZE), this.random.nextInt(ArenaState.SIZE));
	}

	record Options(@Nullable Integer bots) {

		int atMost(int max) {
			return (this.bots != null) ? Math.min(this.bots, max) : 0;
		}

	}

	record Move(int dx, int dy) {
	}

	record Chat(@NotBlank @Size(max = 200) String text) {
	}

	record Said(String player, String text) {
	}

}
