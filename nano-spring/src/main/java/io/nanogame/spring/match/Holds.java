package io.nanogame.spring.match;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

import io.nanogame.spring.match.PlayerState.Committed;
import io.nanogame.spring.match.PlayerState.Hold;
import io.nanogame.spring.match.PlayerState.QueuedTicket;
import io.nanogame.spring.match.QueuedPlayers.Visit;
import io.nanogame.spring.match.TicketDesk.Outcome;
import io.nanogame.spring.match.TicketDesk.Phase;
import io.nanogame.spring.match.TicketDesk.Place;
import io.nanogame.spring.match.TicketDesk.Player;
import io.nanogame.spring.match.TicketDesk.Proposal;
import io.nanogame.spring.match.TicketDesk.Reply;
import io.nanogame.spring.match.TicketDesk.Vote;

/**
 * How players of this node are held for a match, and how that ends. Confined to the lane
 * of the desk.
 */
final class Holds {

	/**
	 * After it the other nodes are asked how the match has ended. Longer than the owner
	 * of the queue tries to commit it.
	 */
	static final Duration PATIENCE = Duration.ofSeconds(5);

	/**
	 * How often all nodes must know of no end: a player may be on its way between two.
	 */
	private static final int ROUNDS = 2;

	private final QueuedPlayers players;

	private final Endings endings;

	private final MatchNodes nodes;

	private final Matches matches;

	private final Executor lane;

	private final Outcomes outcomes;

	/** The matches about which other nodes are asked at present. */
	private final Set<String> asked = new HashSet<>();

	/** How often all nodes knew of no end. */
	private final Map<String, Integer> rounds = new HashMap<>();

	Holds(QueuedPlayers players, Endings endings, MatchNodes nodes, Matches matches, Outcomes outcomes, Executor lane) {
		this.players = players;
		this.endings = endings;
		this.nodes = nodes;
		this.matches = matches;
		this.lane = lane;
		this.outcomes = outcomes;
	}

	/** See {@link TicketDesk#hold}. */
	List<Vote> hold(Proposal proposal) {
		boolean isLate = this.outcomes.get(proposal.match()).phase() != Phase.OPEN;
		return proposal.here()
			.stream()
			.map((player) -> vote(player.uid(),
					isLate ? (visit) -> Reply.GONE : (visit) -> hold(visit, player, proposal)))
			.toList();
	}

	private Vote vote(String uid, Function<Visit, Reply> action) {
		Reply reply = this.players.with(uid, action);
		return new Vote(uid, Objects.requireNonNullElse(reply, Reply.ABSENT));
	}

	private Reply hold(Visit visit, Player player, Proposal proposal) {
		PlayerState state = visit.state();
		QueuedTicket ticket = state.ticket(player.ticket());
		if (state.isHeldFor(proposal.match())) {
			return Reply.YES;
		}
		if (ticket == null || ticket.isEnding()) {
			return Reply.GONE;
		}
		if (state.hold() != null) {
			return Reply.BUSY;
		}
		if (visit.player().mayBeIn(proposal.kind())) {
			this.endings.end(visit, ticket, EndReason.IN_ROOM);
			return Reply.SEATED;
		}
		visit.state(state.withHold(new Hold(proposal.match(), player.ticket(), proposal.queue(), proposal.all())));
		return Reply.YES;
	}

	/** See {@link TicketDesk#commit}. */
	List<Vote> commit(String match, Place place, List<String> uids) {
		if (!this.outcomes.commit(match, place)) {
			return uids.stream().map((uid) -> new Vote(uid, Reply.GONE)).toList();
		}
		return uids.stream().map((uid) -> vote(uid, (visit) -> commit(visit, match, place))).toList();
	}

	private Reply commit(Visit visit, String match, Place place) {
		PlayerState state = visit.state();
		if (state.isCommitted(match)) {
			return Reply.YES;
		}
		Hold hold = state.hold();
		if (hold == null || !hold.match().equals(match)) {
			return Reply.GONE;
		}
		visit.state(state.committed(new Committed(match, place)));
		for (QueuedTicket ticket : state.tickets()) {
			if (!ticket.id().equals(hold.ticket())) {
				this.endings.push(visit.player()::push, ticket.queue(), EndReason.MATCHED);
				this.endings.endParty(ticket, EndReason.MATCHED);
			}
		}
		this.matches.found(visit.player(), hold, state.ticket(hold.ticket()), place);
		return Reply.YES;
	}

	/** See {@link TicketDesk#release}. */
	void release(String match, List<String> uids) {
		this.outcomes.release(match);
		for (String uid : uids) {
			this.players.with(uid, (visit) -> {
				if (visit.state().isHeldFor(match)) {
					this.endings.release(visit);
				}
				return true;
			});
		}
	}

	/** See {@link TicketDesk#freeze}. */
	Outcome freeze(String match, List<String> uids) {
		// If one of them has just arrived, it brings the outcome.
		uids.forEach(this.players::find);
		return this.outcomes.freeze(match);
	}

	/** Ends the holds that are decided, and asks about those that take too long. */
	void check() {
		Map<String, List<String>> held = new LinkedHashMap<>();
		Map<String, Hold> overdue = new LinkedHashMap<>();
		for (QueuedPlayer player : this.players.snapshot()) {
			Hold hold = player.state().hold();
			if (hold != null) {
				held.computeIfAbsent(hold.match(), (match) -> new ArrayList<>()).add(player.uid());
				if (player.phaseNanos(this.players.nanoTime()) > PATIENCE.toNanos()) {
					overdue.put(hold.match(), hold);
				}
			}
		}
		this.rounds.keySet().retainAll(held.keySet());
		held.forEach((match, uids) -> {
			if (!settle(match, uids, this.outcomes.get(match)) && overdue.containsKey(match) && this.asked.add(match)) {
				ask(match, uids, overdue.get(match).players());
			}
		});
	}

	/** Ends holds as a match has ended. Returns false if it has not. */
	private boolean settle(String match, List<String> uids, Outcome outcome) {
		if (outcome.phase() == Phase.RELEASED) {
			release(match, uids);
			return true;
		}
		if (outcome.place() != null) {
			this.outcomes.committedElsewhere(match, outcome.place());
			commit(match, outcome.place(), uids);
			return true;
		}
		return false;
	}

	/** Asks the other nodes how a match has ended, which then accept no commit of it. */
	private void ask(String match, List<String> here, List<String> all) {
		List<CompletableFuture<Outcome>> replies = new ArrayList<>();
		replies.add(CompletableFuture.completedFuture(freeze(match, all)));
		for (String node : this.nodes.gateways()) {
			if (!node.equals(this.nodes.self())) {
				replies.add(this.nodes.tickets(node).freeze(match, all).toCompletableFuture());
			}
		}
		CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new)).whenCompleteAsync((done, failure) -> {
			this.asked.remove(match);
			replied(match, here, replies);
		}, this.lane);
	}

	private void replied(String match, List<String> here, List<CompletableFuture<Outcome>> replies) {
		boolean areAll = true;
		for (CompletableFuture<Outcome> reply : replies) {
			if (reply.isCompletedExceptionally()) {
				areAll = false;
			}
			else if (settle(match, here, reply.join())) {
				return;
			}
		}
		if (areAll && this.rounds.merge(match, 1, Integer::sum) >= ROUNDS) {
			release(match, here);
		}
	}

}
