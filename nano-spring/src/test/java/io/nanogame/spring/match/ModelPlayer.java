package io.nanogame.spring.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.nanogame.spring.match.OwnPlayers.OwnPlayer;
import io.nanogame.spring.match.PlayerState.QueuedTicket;
import io.nanogame.spring.match.TicketDesk.Place;
import io.nanogame.spring.room.ClientMessage;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A player with its session, wherever it is connected. Checks that each ticket ends once,
 * and that the client is notified of it.
 */
final class ModelPlayer implements OwnPlayer {

	private final String uid;

	private final ModelCluster cluster;

	private final Map<String, String> rooms = new HashMap<>();

	/** The routes and reasons of pushes, in their order. */
	final List<String> pushes = new ArrayList<>();

	private final Set<String> matchedTickets = new HashSet<>();

	private String state = "";

	private PlayerState parsed = PlayerState.EMPTY;

	boolean isAlive = true;

	ModelPlayer(String uid, ModelCluster cluster) {
		this.uid = uid;
		this.cluster = cluster;
	}

	PlayerState parsed() {
		return this.parsed;
	}

	/** Runs an action of a desk, and checks what it has done. */
	<T> T visit(Function<OwnPlayer, T> action) {
		try {
			return checked(action);
		}
		catch (AssertionError | RuntimeException ex) {
			// The lane only logs it.
			this.cluster.violations.add(ex);
			throw ex;
		}
	}

	private <T> T checked(Function<OwnPlayer, T> action) {
		PlayerState before = this.parsed;
		int pushed = this.pushes.size();
		T result = action.apply(this);
		List<QueuedTicket> ended = before.tickets()
			.stream()
			.filter((ticket) -> this.parsed.ticket(ticket.id()) == null)
			.toList();
		int notified = this.pushes.size() - pushed;
		boolean isRefused = notified == 0 && ended.size() == 1 && this.cluster.isRefused(ended.get(0).id());
		assertThat(notified == ended.size() || isRefused)
			.as("%s receives %s for %s", this.uid, this.pushes.subList(pushed, this.pushes.size()), ended)
			.isTrue();
		return result;
	}

	@Override
	public String uid() {
		return this.uid;
	}

	@Override
	public String state() {
		return this.state;
	}

	@Override
	public void state(String text) {
		PlayerState now = text.isEmpty() ? PlayerState.EMPTY : JsonMapper.shared().readValue(text, PlayerState.class);
		PlayerState before = this.parsed;
		now.tickets().stream().filter((ticket) -> before.ticket(ticket.id()) == null).forEach((ticket) -> {
			assertThat(before.inQueue(ticket.queue())).as("%s has two tickets", this.uid).isNull();
			this.cluster.added(this.uid, ticket);
		});
		now.matches().stream().filter((match) -> !before.isCommitted(match.match())).forEach((match) -> {
			assertThat(before.isHeldFor(match.match())).as("%s is held", this.uid).isTrue();
			assertThat(this.matchedTickets.add(before.hold().ticket())).as("%s is matched once", this.uid).isTrue();
			this.cluster.committed(this, before.hold(), before.ticket(before.hold().ticket()), match);
		});
		this.state = text;
		this.parsed = now;
	}

	@Override
	public void push(String route, ClientMessage message) {
		this.pushes.add(route + " " + JsonMapper.shared().writeValueAsString(message));
	}

	@Override
	public boolean mayBeIn(String kind) {
		return this.rooms.containsKey(kind);
	}

	@Override
	public CompletionStage<Boolean> giveUp(String kind) {
		return CompletableFuture.completedStage(!this.rooms.containsKey(kind));
	}

	@Override
	public boolean enter(Place place) {
		assertThat(this.rooms.put(place.kind(), place.room())).as("%s is in two rooms", this.uid).isNull();
		return true;
	}

	/** The player joins a room by itself. */
	void join(String kind) {
		this.rooms.putIfAbsent(kind, "another room");
	}

	void leaveRooms() {
		this.rooms.clear();
	}

	boolean isInRoom() {
		return !this.rooms.isEmpty();
	}

}
