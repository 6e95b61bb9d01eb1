package io.nanogame.game;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.lane.Timer;
import io.nanogame.lane.Timers;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;

/** A component with timers. */
@GameComponent
class Bomb {

	private final Timers timers;

	Bomb(Timers timers) {
		this.timers = timers;
	}

	@Handler
	void light(Session session, Duration fuse) {
		this.timers.after(fuse, () -> session.push("onBang", "bang"));
	}

	@Handler
	void tick(Session session) {
		Timer timer = this.timers.every(Duration.ofSeconds(1), () -> session.push("onTick", "tick"));
		session.onClose((closed) -> timer.cancel());
	}

	/** Replies when the fuse has burnt down. */
	@Handler
	CompletionStage<String> defuse(Duration fuse) {
		CompletableFuture<String> reply = new CompletableFuture<>();
		this.timers.after(fuse, () -> reply.complete("defused"));
		return reply;
	}

}
