package io.nanogame.docs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.nanogame.node.NodeSelectors;
import io.nanogame.route.RequestException;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.ForSpectators;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.MovableRoom;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.RoomAccess;
import io.nanogame.spring.room.RoomAction;
import io.nanogame.spring.room.RoomInfo;
import io.nanogame.spring.room.RoomPlacement;
import io.nanogame.spring.room.Rooms;
import io.nanogame.spring.room.View;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.stereotype.Component;

// tag::lobby[]
@GameComponent("ponds")
class Ponds {

	private final Rooms rooms;

	Ponds(Rooms rooms) {
		this.rooms = rooms;
	}

	@Handler
	CompletionStage<RoomInfo> play(Session player) {
		if (player.uid() == null) {
			throw new RequestException(401, "log in first");
		}
		return this.rooms.joinOrCreate(player, "pond", null);
	}

}
// end::lobby[]

// tag::access[]
@Configuration(proxyBeanMethods = false)
class PondAccess {

	@Bean
	RoomAccess roomAccess() {
		return (session, action, kind) -> action != RoomAction.CREATE;
	}

}
// end::access[]

// tag::placement[]
@Configuration(proxyBeanMethods = false)
class PondPlacement {

	@Bean
	RoomPlacement roomPlacement() { // by the region in the options
		return (kind, options, nodes) -> NodeSelectors
			.label(options.path("region").asString(), NodeSelectors.leastSessions())
			.select(nodes);
	}

}
// end::placement[]

// tag::view[]
@GameRoom(value = "poker", seats = 6)
class Poker {

	private final Map<String, Hand> hands = new TreeMap<>();

	private final List<String> table = new ArrayList<>();

	@OnJoin
	void join(Session player) {
		this.hands.put(player.uid(), new Hand(List.of("ace of spades")));
	}

	@View
	Seen view(Session player) { // of a player, or a spectator, who has no hand
		return new Seen(this.table, this.hands.get(player.uid()));
	}

}

record Seen(List<String> table, Hand hand) {
}

record Hand(List<String> cards) {
}
// end::view[]

// tag::work[]
@GameRoom(value = "rally", seats = 8)
class Rally {

	private final Room<Void> room;

	private final Laps laps;

	private final Executor executor;

	Rally(Room<Void> room, Laps laps, AsyncTaskExecutor executor) {
		this.room = room;
		this.laps = laps;
		this.executor = executor;
	}

	@Handler
	void lap(Session driver, Lap lap) {
		String uid = driver.uid();
		this.executor.execute(() -> { // off the lane: may block
			boolean record = this.laps.save(uid, lap);
			this.room.submit(() -> { // on the lane again
				if (record) {
					this.room.broadcast("onRecord", lap);
				}
				return null;
			});
		});
	}

	@Handler
	@ForSpectators
	void cheer(Session session) {
		this.room.broadcastBut(session, "onCheer", Map.of());
	}

}

record Lap(int millis) {
}
// end::work[]

@Component
class Laps {

	private int best = Integer.MAX_VALUE;

	synchronized boolean save(String uid, Lap lap) {
		boolean isBest = lap.millis() < this.best;
		this.best = Math.min(this.best, lap.millis());
		return isBest;
	}

}

// tag::move[]
@GameRoom(value = "quiz", seats = 8)
class Quiz implements MovableRoom<Quiz.Round> {

	private final Room<QuizState> room;

	Quiz(Room<QuizState> room) {
		this.room = room;
		room.after(Duration.ofSeconds(20), this::nextQuestion);
	}

	@Override
	public Round save() {
		return new Round(this.room.state().question, this.room.state().points);
	}

	@Override
	public void restore(Round saved) { // of the next object, on another server
		this.room.state().question = saved.question();
		this.room.state().points.putAll(saved.points());
	}

	private void nextQuestion() {
		this.room.state().question++;
		this.room.after(Duration.ofSeconds(20), this::nextQuestion);
	}

	record Round(int question, Map<String, Integer> points) {
	}

	static class QuizState {

		int question;

		Map<String, Integer> points = new TreeMap<>();

	}

}
// end::move[]
