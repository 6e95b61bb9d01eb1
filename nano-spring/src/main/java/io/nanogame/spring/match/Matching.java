package io.nanogame.spring.match;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

import io.nanogame.spring.match.TicketDesk.Place;
import io.nanogame.spring.match.TicketDesk.Player;
import io.nanogame.spring.match.TicketDesk.Proposal;
import io.nanogame.spring.match.TicketDesk.Reply;
import io.nanogame.spring.match.TicketDesk.Vote;
import org.jspecify.annotations.Nullable;

/**
 * The making of one match: its players are held, its room is created, and then it is
 * committed. Confined to the lane of the queue.
 */
final class Matching {

	/**
	 * After it no commit is sent any more: the holds begin to end at
	 * {@link Holds#PATIENCE}.
	 */
	private static final Duration WINDOW = Duration.ofSeconds(3);

	private static final Duration RETRY = Duration.ofMillis(200);

	private final String id;

	private final List<WaitingTicket> tickets;

	private final OwnedQueue queue;

	private final MatchNodes nodes;

	private final MatchLane lane;

	private final long begunNanos;

	/** The players by the node on which they were held, or were tried to be. */
	private final Map<String, List<Player>> players = new LinkedHashMap<>();

	private final List<String> uids = new ArrayList<>();

	/** The votes of the players; those of nodes that have not replied are missing. */
	private final Map<String, Reply> votes = new HashMap<>();

	/** Whether the room is created, or cannot be. */
	private boolean opened;

	Matching(String id, List<WaitingTicket> tickets, OwnedQueue queue, MatchNodes nodes, MatchLane lane) {
		this.id = id;
		this.tickets = tickets;
		this.queue = queue;
		this.nodes = nodes;
		this.lane = lane;
		this.begunNanos = lane.nanoTime();
		for (WaitingTicket ticket : tickets) {
			for (String uid : ticket.members()) {
				this.players.computeIfAbsent(ticket.node(uid), (node) -> new ArrayList<>())
					.add(new Player(uid, ticket.id()));
				this.uids.add(uid);
			}
		}
	}

	List<WaitingTicket> tickets() {
		return this.tickets;
	}

	/** Returns what a player has replied; null if its node has not. */
	@Nullable Reply vote(String uid) {
		return this.votes.get(uid);
	}

	/** Returns whether a player has the match. */
	boolean isCommitted() {
		return this.uids.stream().anyMatch((uid) -> this.votes.get(uid) == Reply.YES);
	}

	void begin() {
		QueueInfo info = this.queue.info();
		call(this.players.keySet(),
				(desk, node) -> desk.hold(new Proposal(this.id, info.queue(), info.kind(), playersAt(node), this.uids)),
				this::held);
	}

	private List<Player> playersAt(String node) {
		return Objects.requireNonNull(this.players.get(node));
	}

	/** Calls several nodes, and collects their votes. */
	private void call(Set<String> to, BiFunction<TicketDesk, String, CompletionStage<List<Vote>>> call, Runnable then) {
		List<CompletableFuture<?>> replies = new ArrayList<>();
		for (String node : to) {
			replies.add(call.apply(this.nodes.tickets(node), node).thenAcceptAsync((some) -> {
				for (Vote vote : some) {
					this.votes.merge(vote.uid(), vote.reply(), Reply::decisive);
				}
			}, this.lane).toCompletableFuture());
		}
		CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new))
			.whenCompleteAsync((done, failure) -> then.run(), this.lane);
	}

	private void held() {
		if (isOver() || !this.uids.stream().allMatch((uid) -> this.votes.get(uid) == Reply.YES)) {
			release();
			this.queue.failed(this);
			return;
		}
		this.lane.after(WINDOW, () -> opened(null, null));
		this.queue.open(this.tickets, this.uids).whenCompleteAsync(this::opened, this.lane);
	}

	/** Called once or twice: a room that is created too late closes by itself. */
	private void opened(@Nullable Place place, @Nullable Throwable failure) {
		if (this.opened) {
			return;
		}
		this.opened = true;
		if (place != null && !isOver()) {
			commit(place);
		}
		else {
			release();
			this.queue.noRoom(this, failure);
		}
	}

	private boolean isOver() {
		return this.lane.nanoTime() - this.begunNanos > WINDOW.toNanos();
	}

	private void release() {
		this.players.forEach(
				(node, some) -> this.nodes.tickets(node).release(this.id, some.stream().map(Player::uid).toList()));
	}

	private void commit(Place place) {
		this.votes.clear(); // those of the holds
		call(this.players.keySet(),
				(desk, node) -> desk.commit(this.id, place, playersAt(node).stream().map(Player::uid).toList()),
				() -> committed(place));
	}

	private void committed(Place place) {
		List<String> missing = this.uids.stream().filter((uid) -> {
			Reply vote = this.votes.get(uid);
			return vote == null || vote == Reply.ABSENT;
		}).toList();
		if (missing.isEmpty() || isOver()) {
			this.queue.made(this);
			return;
		}
		// They have moved to another node since they were held, or have left.
		this.lane.after(RETRY, () -> {
			if (isOver()) {
				this.queue.made(this);
				return;
			}
			call(new LinkedHashSet<>(this.nodes.gateways()), (desk, node) -> desk.commit(this.id, place, missing),
					() -> committed(place));
		});
	}

}
