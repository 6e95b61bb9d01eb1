package io.nanogame.boot.test.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.route.RequestException;
import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.ForSpectators;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.OnLeave;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.View;
import org.jspecify.annotations.Nullable;

/**
 * A room without ticks, in which each player sees only its own hand. Joins are
 * asynchronous.
 */
@GameRoom(value = "cards", seats = 4, reservation = "5s", emptyFor = "1m")
class Cards {

	/** The next joins, in their order; none are needed for joins that succeed at once. */
	static final List<CompletableFuture<String>> JOINS = new ArrayList<>();

	static final List<String> EVENTS = new ArrayList<>();

	private final Room<CardState> room;

	private final Map<String, Hand> hands = new TreeMap<>();

	private final Hand all = new Hand();

	Cards(Room<CardState> room) {
		this.room = room;
		Integer stake = room.options(Options.class).stake();
		if (stake != null && stake < 0) {
			throw new RequestException(400, "the stake is negative");
		}
		if (stake != null && stake == 666) {
			room.close("in its constructor");
		}
		room.state().stake = (stake != null) ? stake : 0;
	}

	@OnJoin
	CompletionStage<String> join(Session player) {
		if (this.room.state().stake == 777) {
			this.room.close("in its join");
		}
		this.hands.put(String.valueOf(player.id()), new Hand());
		return JOINS.isEmpty() ? CompletableFuture.completedStage("at once") : JOINS.remove(0);
	}

	@OnLeave
	@ForSpectators
	void leave() {
		EVENTS.add("leave");
	}

	@View
	Seen view(Session player) {
		boolean isPlayer = this.room.players().contains(player);
		return isPlayer
				? new Seen(this.room.state().stake, this.hands.get(String.valueOf(player.id())), this.hands.size())
				: new Seen(this.room.state().stake, this.all, this.hands.size());
	}

	@Handler
	void draw(Session player, String card) {
		this.hands.get(String.valueOf(player.id())).cards.add(card);
	}

	@Handler
	void raise(int by) {
		this.room.state().stake += by;
	}

	@Handler
	void raiseLater(int by) {
		this.room.after(Duration.ofSeconds(1), () -> this.room.state().stake += by);
	}

	@Handler
	void raiseAndFail(int by) {
		this.room.state().stake += by;
		throw new RequestException(418, "after all");
	}

	@Handler
	void lock(boolean locked) {
		this.room.lock(locked);
	}

	@Handler
	void hide(boolean hidden) {
		this.room.hide(hidden);
		this.room.metadata("name", "night");
	}

	@Handler
	void remove(String uid) {
		this.room.players()
			.stream()
			.filter((session) -> uid.equals(session.uid()))
			.forEach((session) -> this.room.remove(session, "cheating"));
	}

	@Handler
	CompletionStage<Integer> later() {
		return CompletableFuture.supplyAsync(() -> 7)
			.thenCompose((by) -> this.room.submit(() -> this.room.state().stake += by));
	}

	@Handler
	void alarm() {
		this.room.after(Duration.ofSeconds(3), () -> this.room.broadcast("alarm", "ring"));
		this.room.every(Duration.ofSeconds(2), () -> EVENTS.add("every"));
	}

	@Handler
	String offLane() {
		try {
			CompletableFuture.runAsync(() -> this.room.lock(true)).join();
			return "allowed";
		}
		catch (java.util.concurrent.CompletionException ex) {
			return ex.getCause().getClass().getSimpleName();
		}
	}

	record Options(@Nullable Integer stake) {
	}

	record Seen(int stake, @Nullable Hand hand, int players) {
	}

	static final class Hand {

		final List<String> cards = new ArrayList<>();

	}

	static final class CardState {

		int stake;

	}

}
