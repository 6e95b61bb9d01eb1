package io.nanogame.boot.test.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.ForSpectators;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.LeaveReason;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.OnLeave;
import io.nanogame.spring.room.Room;
import org.jspecify.annotations.Nullable;

/**
 * A room whose game makes mistakes, and whose clients send what they want.
 */
@GameRoom(value = "trap", seats = 2)
class Trap {

	static final AtomicInteger TIMERS = new AtomicInteger();

	/** Blocks {@code @OnLeave} of the player "slow". */
	static volatile CountDownLatch blocked = new CountDownLatch(0);

	/** Set when it blocks. */
	static volatile CountDownLatch blocking = new CountDownLatch(0);

	private final Room<TrapState> room;

	Trap(Room<TrapState> room) {
		this.room = room;
		if (Boolean.TRUE.equals(room.options(Options.class).close())) {
			room.close("nothing to play");
		}
	}

	@OnJoin
	void join(Session player, Wanted wanted) {
		if ("removed".equals(wanted.what())) {
			this.room.remove(player, "not today");
		}
		if ("closed".equals(wanted.what())) {
			this.room.close("over");
		}
	}

	@OnLeave
	void leave(Session player, LeaveReason reason) throws InterruptedException {
		if ("slow".equals(player.uid())) {
			blocking.countDown();
			blocked.await();
		}
		this.room.every(Duration.ofSeconds(1), TIMERS::incrementAndGet);
		this.room.after(Duration.ofSeconds(1), TIMERS::incrementAndGet);
	}

	@Handler
	void name(Session player, String name) {
		this.room.state().names.put(String.valueOf(player.uid()), name);
	}

	@Handler
	void poison(boolean poisoned) {
		if (poisoned) {
			this.room.state().names.put(null, "?");
		}
		else {
			this.room.state().names.remove(null);
		}
	}

	@Handler
	void metadata(boolean isNull) {
		List<Object> endless = new ArrayList<>();
		endless.add(endless);
		this.room.metadata("winner", isNull ? this.room.state().winner : endless);
	}

	@Handler
	void close(String message) {
		this.room.close(message);
	}

	@Handler
	void lock() throws InterruptedException {
		blocking.countDown();
		blocked.await();
		this.room.lock(true);
	}

	@Handler
	@ForSpectators
	void broadcast() {
		this.room.broadcast("told", "all");
	}

	static final class TrapState {

		final Map<@Nullable String, String> names = new HashMap<>();

		transient @Nullable Object winner;

	}

	record Options(@Nullable Boolean close) {
	}

	record Wanted(@Nullable String what) {
	}

}
