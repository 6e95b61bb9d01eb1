package io.nanogame.spring.match;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.nanogame.spring.match.PlayerState.QueuedTicket;
import io.nanogame.spring.match.QueuedPlayers.Visit;
import io.nanogame.spring.room.ClientMessage;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tickets of the players of this node. Confined to its lane, unless a method states
 * otherwise.
 */
final class LocalTickets implements TicketDesk {

	/** How often players are announced, and the time of tickets is checked. */
	static final Duration TICK = Duration.ofSeconds(1);

	/** How long a session keeps the match that was committed last. */
	private static final Duration MEMORY = Duration.ofMinutes(1);

	private final MatchLane lane;

	private final QueuedPlayers players;

	private final Endings endings;

	private final Holds holds;

	private final Enqueueing enqueueing;

	private final Announcing announcing;

	private boolean ticking;

	/**
	 * Creates a desk without tickets.
	 * @param own the players of this node
	 * @param nodes the nodes
	 * @param lane its lane
	 * @param parts what it needs besides
	 */
	LocalTickets(OwnPlayers own, MatchNodes nodes, MatchLane lane, Parts parts) {
		this.lane = lane;
		Outcomes outcomes = new Outcomes(lane::nanoTime);
		this.players = new QueuedPlayers(own, parts.mapper(), lane::nanoTime, this::tickLater,
				(last) -> outcomes.committedElsewhere(last.match(), last.place()));
		this.endings = new Endings(this.players, nodes, parts, lane);
		this.holds = new Holds(this.players, this.endings, nodes, new Matches(this.endings, parts.observer()), outcomes,
				lane);
		this.announcing = new Announcing(this.players, this.endings, nodes, parts.observer(), lane);
		this.enqueueing = new Enqueueing(this.players, this.endings, nodes, lane, parts.ids(), this.announcing::one);
	}

	/** Returns the number of tickets in a queue. Thread-safe. */
	int count(String queue) {
		return this.players.count(queue);
	}

	/** A player has arrived, perhaps with tickets. Any thread. */
	void arrived(String uid) {
		this.lane.execute(() -> this.players.find(uid));
	}

	/**
	 * The session of a player has ended. Any thread.
	 * @param uid the player
	 * @param state the state of the session
	 */
	void left(String uid, String state) {
		this.lane.execute(() -> this.endings.left(uid, this.players.parse(state)));
	}

	/**
	 * A player is not that of a session any more. Any thread.
	 * @param uid the player
	 * @param state the former state of the session
	 * @param client pushes to the session
	 */
	void unbound(String uid, String state, BiConsumer<String, ClientMessage> client) {
		this.lane.execute(() -> {
			PlayerState last = this.players.parse(state);
			last.tickets().forEach((ticket) -> this.endings.push(client, ticket.queue(), EndReason.LEFT));
			this.endings.left(uid, last);
		});
	}

	private void tickLater() {
		if (!this.ticking) {
			this.ticking = true;
			this.lane.after(TICK, this::tick);
		}
	}

	private void tick() {
		this.ticking = false;
		try {
			for (QueuedPlayer player : this.players.snapshot()) {
				this.players.with(player.uid(), (visit) -> {
					endInTime(visit);
					return true;
				});
			}
			this.holds.check();
			this.announcing.all();
		}
		finally {
			if (!this.players.isEmpty()) {
				tickLater();
			}
		}
	}

	private void endInTime(Visit visit) {
		PlayerState state = visit.state();
		for (QueuedTicket ticket : state.tickets()) {
			if (ticket.waitedMillis() >= ticket.timeoutMillis() && ticket.isOwnedBy(visit.queued().uid())
					&& !state.holds(ticket.id())) {
				this.endings.end(visit, ticket, EndReason.TIMED_OUT);
			}
		}
		boolean isOver = state.tickets().isEmpty() && state.hold() == null;
		if (isOver && visit.queued().phaseNanos(this.lane.nanoTime()) > MEMORY.toNanos()) {
			visit.state(PlayerState.EMPTY);
		}
	}

	@Override
	public CompletionStage<Boolean> enqueue(Entry entry) {
		return this.enqueueing.enqueue(entry);
	}

	@Override
	public CompletionStage<List<Vote>> enlist(Party party) {
		return this.enqueueing.enlist(party);
	}

	@Override
	public CompletionStage<Reply> cancel(String uid, String queue) {
		return CompletableFuture.completedStage(this.enqueueing.cancel(uid, queue));
	}

	@Override
	public void end(Ending ending) {
		this.endings.endHere(ending);
	}

	@Override
	public CompletionStage<List<Vote>> hold(Proposal proposal) {
		return CompletableFuture.completedStage(this.holds.hold(proposal));
	}

	@Override
	public CompletionStage<List<Vote>> commit(String match, Place place, List<String> uids) {
		return CompletableFuture.completedStage(this.holds.commit(match, place, uids));
	}

	@Override
	public CompletionStage<Boolean> release(String match, List<String> uids) {
		this.holds.release(match, uids);
		return CompletableFuture.completedStage(true);
	}

	@Override
	public CompletionStage<Outcome> freeze(String match, List<String> uids) {
		return CompletableFuture.completedStage(this.holds.freeze(match, uids));
	}

	/**
	 * What a desk needs.
	 *
	 * @param mapper writes the states of players
	 * @param observer receives what happens
	 * @param ids creates ids that are unique in the cluster
	 */
	record Parts(JsonMapper mapper, MatchObserver observer, Supplier<String> ids) {
	}

}
