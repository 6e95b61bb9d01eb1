package io.nanogame.boot.autoconfigure.room;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.node.Nodes;
import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.ForSpectators;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.LeaveReason;
import io.nanogame.spring.room.MovableRoom;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.OnLeave;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.Tick;

/**
 * A room that moves, and checks that the numbers of each player arrive in order, each
 * once.
 */
@GameRoom(value = "relay", seats = 4, reservation = "1m", emptyFor = "1m")
class Relay implements MovableRoom<Relay.Saved> {

	/** What all objects have noticed, by the id of their room. */
	static final Map<String, List<String>> EVENTS = new ConcurrentHashMap<>();

	/** The times of ticks of all objects, by the id of their room. */
	static final Map<String, List<Long>> TICKS = new ConcurrentHashMap<>();

	/** The result of {@link #hold}, by the id of the room. */
	static final Map<String, CompletableFuture<String>> HOLDS = new ConcurrentHashMap<>();

	/** The rooms that cannot be restored. */
	static final Set<String> BROKEN = ConcurrentHashMap.newKeySet();

	/** The rooms that cannot be restored before the test permits it. */
	static final Set<String> SLOW = ConcurrentHashMap.newKeySet();

	private final Room<RelayState> room;

	private final Nodes nodes;

	Relay(Room<RelayState> room, Nodes nodes) {
		this.room = room;
		this.nodes = nodes;
	}

	static List<String> events(String room) {
		return EVENTS.computeIfAbsent(room, (id) -> new CopyOnWriteArrayList<>());
	}

	/** Returns the longest time between two ticks. */
	static Duration longestPause(String room) {
		List<Long> ticks = TICKS.get(room);
		long longest = 0;
		for (int i = 1; i < ticks.size(); i++) {
			longest = Math.max(longest, ticks.get(i) - ticks.get(i - 1));
		}
		return Duration.ofNanos(longest);
	}

	@OnJoin
	String join(Session player) {
		event("join " + player.uid());
		this.room.state().last.put(player.uid(), 0);
		return "welcome, " + player.uid();
	}

	@OnLeave
	@ForSpectators
	void leave(Session player, LeaveReason reason) {
		event("leave " + player.uid() + " " + reason);
	}

	@Tick("50ms")
	void tick(Duration elapsed) {
		this.room.state().ticks++;
		TICKS.computeIfAbsent(this.room.id(), (id) -> new CopyOnWriteArrayList<>()).add(System.nanoTime());
	}

	@Handler
	int step(Session player, int number) {
		int before = this.room.state().last.getOrDefault(player.uid(), 0);
		if (number != before + 1) {
			event("wrong " + player.uid() + " " + number + " after " + before);
		}
		this.room.state().last.put(player.uid(), number);
		return number;
	}

	@Handler
	@ForSpectators
	String where() {
		return this.nodes.self().name();
	}

	static CompletableFuture<String> holdOf(String room) {
		return HOLDS.computeIfAbsent(room, (id) -> new CompletableFuture<>());
	}

	/** Replies when the test permits it. */
	@Handler
	CompletionStage<String> hold() {
		event("hold");
		return holdOf(this.room.id());
	}

	@Handler
	void lock() {
		this.room.lock(true);
		this.room.metadata("map", "islands");
	}

	@Override
	public Saved save() {
		return new Saved(this.room.state().last, this.room.state().ticks);
	}

	@Override
	public void restore(Saved saved) {
		if (SLOW.remove(this.room.id())) {
			event("restoring");
			holdOf(this.room.id()).join();
		}
		if (BROKEN.contains(this.room.id())) {
			event("broken on " + this.nodes.self().name());
			throw new IllegalStateException("This room cannot be restored");
		}
		this.room.state().last.putAll(saved.last());
		this.room.state().ticks = saved.ticks();
		event("restored on " + this.nodes.self().name());
	}

	private void event(String event) {
		events(this.room.id()).add(event);
	}

	record Saved(Map<String, Integer> last, int ticks) {
	}

	static final class RelayState {

		final Map<String, Integer> last = new TreeMap<>();

		int ticks;

	}

}
