package io.nanogame.spring.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.nanogame.service.ServiceException;
import io.nanogame.spring.match.PlayerState.QueuedTicket;
import io.nanogame.spring.match.QueuedPlayers.Visit;
import io.nanogame.spring.match.TicketDesk.Ending;
import io.nanogame.spring.match.TicketDesk.Entry;
import io.nanogame.spring.match.TicketDesk.Party;
import io.nanogame.spring.match.TicketDesk.Reply;
import io.nanogame.spring.match.TicketDesk.Vote;

/**
 * How players of this node get into queues, and out of them. Confined to the lane of the
 * desk.
 */
final class Enqueueing {

	private final QueuedPlayers players;

	private final Endings endings;

	private final MatchNodes nodes;

	private final Executor lane;

	private final Supplier<String> ids;

	/** Announces a new ticket of a player. */
	private final Consumer<String> announce;

	/** The players who are being added, with the names of the queues. */
	private final Set<List<String>> pending = new HashSet<>();

	Enqueueing(QueuedPlayers players, Endings endings, MatchNodes nodes, Executor lane, Supplier<String> ids,
			Consumer<String> announce) {
		this.players = players;
		this.endings = endings;
		this.nodes = nodes;
		this.lane = lane;
		this.ids = ids;
		this.announce = announce;
	}

	/** See {@link TicketDesk#enqueue}. */
	CompletionStage<Boolean> enqueue(Entry entry) {
		if (this.players.with(entry.uid(), entry.session(), (visit) -> true) == null) {
			return CompletableFuture.completedStage(false);
		}
		List<String> key = List.of(entry.uid(), entry.queue());
		if (!this.pending.add(key)) {
			return CompletableFuture.failedStage(queuedAlready(entry.uid()));
		}
		return this.nodes.owner(entry.queue())
			.thenComposeAsync((owner) -> enqueue(entry, owner.queue()), this.lane)
			.whenCompleteAsync((done, failure) -> this.pending.remove(key), this.lane);
	}

	private CompletionStage<Boolean> enqueue(Entry entry, QueueInfo queue) {
		Set<String> members = new LinkedHashSet<>(List.of(entry.uid()));
		members.addAll(entry.members());
		if (members.size() > queue.players()) {
			throw new ServiceException(400, "a match of the queue '%s' has %d players, and the party %d"
				.formatted(queue.queue(), queue.players(), members.size()));
		}
		QueuedTicket ticket = new QueuedTicket(this.ids.get(), queue.queue(), List.copyOf(members), entry.properties(),
				queue.timeoutMillis(), 0, "");
		return check(entry.uid(), entry.session(), queue).thenComposeAsync((reply) -> {
			check(entry.uid(), reply);
			return (members.size() > 1) ? enlistAll(new Party(queue, ticket.id(), ticket.members()))
					: CompletableFuture.completedStage(true);
		}, this.lane).thenApplyAsync((enlisted) -> {
			add(entry, ticket);
			return true;
		}, this.lane);
	}

	private void add(Entry entry, QueuedTicket ticket) {
		Reply reply = add(entry.uid(), entry.session(), ticket);
		if (reply != Reply.YES) {
			refuse(ticket.queue(), ticket.id(), ticket.members());
			check(entry.uid(), reply);
		}
		this.announce.accept(entry.uid());
	}

	private Reply add(String uid, long session, QueuedTicket ticket) {
		Reply reply = this.players.with(uid, session, (visit) -> add(visit, ticket));
		return Objects.requireNonNullElse(reply, Reply.ABSENT);
	}

	private static Reply add(Visit visit, QueuedTicket ticket) {
		PlayerState state = visit.state();
		if (state.inQueue(ticket.queue()) != null) {
			return Reply.BUSY;
		}
		visit.state(state.with(ticket));
		return Reply.YES;
	}

	/** Checks whether a player may be added. Gives up its reservation of a seat. */
	private CompletionStage<Reply> check(String uid, long session, QueueInfo queue) {
		CompletionStage<Reply> checked = this.players.with(uid, session, (visit) -> {
			if (visit.state().inQueue(queue.queue()) != null) {
				return CompletableFuture.completedStage(Reply.BUSY);
			}
			return visit.player().giveUp(queue.kind()).thenApply((isFree) -> isFree ? Reply.YES : Reply.SEATED);
		});
		return Objects.requireNonNullElseGet(checked, () -> CompletableFuture.completedStage(Reply.ABSENT));
	}

	private static void check(String uid, Reply reply) {
		switch (reply) {
			case YES -> {
				// The player may enter the queue.
			}
			case BUSY -> throw queuedAlready(uid);
			case SEATED -> throw new ServiceException(423, "the player " + uid + " has a place in a room of the kind");
			case ABSENT, GONE -> throw new ServiceException(404, "the player " + uid + " is not connected");
		}
	}

	private static ServiceException queuedAlready(String uid) {
		return new ServiceException(409, "the player " + uid + " is in the queue already");
	}

	// Parties

	/** Adds the other members, on all nodes. */
	private CompletionStage<Boolean> enlistAll(Party party) {
		List<CompletableFuture<List<Vote>>> replies = this.nodes.gateways()
			.stream()
			.map((node) -> this.nodes.tickets(node).enlist(party).toCompletableFuture())
			.toList();
		return CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new))
			.handleAsync((done, failure) -> enlisted(party, replies), this.lane);
	}

	private boolean enlisted(Party party, List<CompletableFuture<List<Vote>>> replies) {
		Map<String, Reply> votes = new HashMap<>();
		boolean areAll = true;
		for (CompletableFuture<List<Vote>> reply : replies) {
			areAll &= !reply.isCompletedExceptionally();
			if (!reply.isCompletedExceptionally()) {
				reply.join().forEach((vote) -> votes.merge(vote.uid(), vote.reply(), Reply::decisive));
			}
		}
		try {
			for (String uid : others(party.members())) {
				Reply reply = votes.getOrDefault(uid, Reply.ABSENT);
				if (reply == Reply.ABSENT && !areAll) {
					throw new ServiceException(ServiceException.NO_ANSWER, "a node has not replied");
				}
				check(uid, reply);
			}
			return true;
		}
		catch (ServiceException ex) {
			refuse(party.queue().queue(), party.ticket(), party.members());
			throw ex;
		}
	}

	private void refuse(String queue, String ticket, List<String> members) {
		if (members.size() > 1) {
			this.endings.endEverywhere(new Ending(queue, ticket, members, EndReason.REFUSED));
		}
	}

	private static List<String> others(List<String> members) {
		return members.subList(1, members.size());
	}

	/** See {@link TicketDesk#enlist}. */
	CompletionStage<List<Vote>> enlist(Party party) {
		QueuedTicket ticket = new QueuedTicket(party.ticket(), party.queue().queue(), party.members(), "",
				party.queue().timeoutMillis(), 0, "");
		List<CompletableFuture<Vote>> votes = new ArrayList<>();
		for (String uid : others(party.members())) {
			votes.add(check(uid, 0, party.queue())
				.thenApplyAsync((reply) -> new Vote(uid, (reply == Reply.YES) ? add(uid, 0, ticket) : reply), this.lane)
				.toCompletableFuture());
		}
		return CompletableFuture.allOf(votes.toArray(CompletableFuture<?>[]::new))
			.thenApply((done) -> votes.stream().map(CompletableFuture::join).toList());
	}

	/** See {@link TicketDesk#cancel}. */
	Reply cancel(String uid, String queue) {
		Reply reply = this.players.with(uid, (visit) -> {
			PlayerState state = visit.state();
			QueuedTicket ticket = state.inQueue(queue);
			if (ticket == null) {
				return Reply.GONE;
			}
			boolean isHeld = state.holds(ticket.id());
			this.endings.end(visit, ticket, EndReason.CANCELLED);
			return isHeld ? Reply.BUSY : Reply.YES;
		});
		return Objects.requireNonNullElse(reply, Reply.ABSENT);
	}

}
