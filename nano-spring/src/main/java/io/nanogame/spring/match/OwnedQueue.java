package io.nanogame.spring.match;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.nanogame.spring.match.QueueDesk.Announced;
import io.nanogame.spring.match.QueueDesk.Announcement;
import io.nanogame.spring.match.QueueDesk.Waiting;
import io.nanogame.spring.match.TicketDesk.Place;
import io.nanogame.spring.match.TicketDesk.Reply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A queue of which this node may be the owner: its tickets, as they are announced, and
 * the search for matches. Confined to its lane, unless a method states otherwise.
 */
final class OwnedQueue {

	/** From one search to the next. */
	private static final Duration ROUND = Duration.ofMillis(200);

	/** How many matches are made at the same time. */
	private static final int MAX_UNDER_WAY = 200;

	/** The wait after a room could not be created. */
	private static final Duration PAUSE = Duration.ofSeconds(1);

	/** Announced waiting times that differ by less are not corrected. */
	private static final long TOLERANCE_MILLIS = 2000;

	private static final int MAX_BACKOFF_MILLIS = 1000;

	private static final Logger log = LoggerFactory.getLogger(OwnedQueue.class);

	private final QueueInfo info;

	private final MatchRule rule;

	private final MatchSearch search;

	private final MatchNodes nodes;

	private final MatchLane lane;

	private final Parts parts;

	private final Map<String, WaitingTicket> tickets = new LinkedHashMap<>();

	/** The ids of the last tickets of the players of each node. */
	private final Map<Leader, String> last = new HashMap<>();

	private long numbers;

	private int underWay;

	private boolean scheduled;

	private long pausedNanos;

	OwnedQueue(QueueInfo info, MatchRule rule, MatchNodes nodes, MatchLane lane, Parts parts) {
		this.info = info;
		this.rule = rule;
		this.search = new MatchSearch(rule, info.players());
		this.nodes = nodes;
		this.lane = lane;
		this.parts = parts;
		this.pausedNanos = lane.nanoTime();
	}

	QueueInfo info() {
		return this.info;
	}

	/** See {@link QueueDesk#announce}. Any thread. */
	CompletionStage<Announced> announce(Announcement announcement) {
		return CompletableFuture.supplyAsync(() -> announced(announcement), this.lane);
	}

	private Announced announced(Announcement announcement) {
		List<String> unknown = new ArrayList<>();
		List<String> broken = new ArrayList<>();
		Map<String, Long> waited = new HashMap<>();
		for (Waiting player : announcement.players()) {
			WaitingTicket ticket = this.tickets.computeIfAbsent(player.ticket(),
					(id) -> new WaitingTicket(id, this.numbers++, this.parts.mapper(), this.lane::nanoTime));
			ticket.announced(player, announcement.node());
			if (player.party() != null) {
				replace(new Leader(player.uid(), announcement.node()), ticket);
			}
			if (!ticket.isKnown()) {
				unknown.add(ticket.id());
			}
			if (ticket.isBroken()) {
				broken.add(ticket.id());
			}
			long waitedMillis = ticket.waited().toMillis();
			if (waitedMillis - player.waitedMillis() > TOLERANCE_MILLIS) {
				waited.put(ticket.id(), waitedMillis);
			}
		}
		schedule();
		return new Announced(unknown, broken, waited);
	}

	/**
	 * A player who enters the queue has left it before: the former ticket, which would be
	 * announced no more, must not be matched.
	 */
	private void replace(Leader leader, WaitingTicket ticket) {
		String former = this.last.put(leader, ticket.id());
		if (former != null && !former.equals(ticket.id())) {
			this.tickets.computeIfPresent(former, (id, found) -> found.isUnderWay() ? found : null);
		}
	}

	private void schedule() {
		if (!this.scheduled && !this.tickets.isEmpty()) {
			this.scheduled = true;
			this.lane.after(ROUND, () -> {
				this.scheduled = false;
				round();
			});
		}
	}

	/** Searches for matches, and begins to make them. */
	private void round() {
		this.tickets.values().removeIf(WaitingTicket::isGone);
		this.last.values().retainAll(this.tickets.keySet());
		if (this.lane.nanoTime() - this.pausedNanos >= 0) {
			List<WaitingTicket> ready = this.tickets.values()
				.stream()
				.filter((ticket) -> ticket.isReady(this.nodes::accepts))
				.toList();
			for (List<WaitingTicket> match : this.search.search(ready, MAX_UNDER_WAY - this.underWay)) {
				begin(match);
			}
		}
		schedule();
	}

	private void begin(List<WaitingTicket> match) {
		Matching matching = new Matching(this.parts.ids().get(), match, this, this.nodes, this.lane);
		match.forEach((ticket) -> ticket.underWay(true));
		this.underWay++;
		matching.begin();
	}

	/** Creates the room of a match. */
	CompletionStage<Place> open(List<WaitingTicket> match, List<String> uids) {
		try {
			return this.parts.rooms().open(this.info.kind(), this.rule.options(List.copyOf(match)), uids);
		}
		catch (Throwable ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	/**
	 * The commit of a match has ended. If players have refused it, they are announced.
	 */
	void made(Matching match) {
		match.tickets().forEach((ticket) -> this.tickets.remove(ticket.id()));
		if (match.isCommitted()) {
			this.parts.observer().made(this.info.queue());
		}
		end();
	}

	/** Players of a match could not be held. */
	void failed(Matching match) {
		boolean isContended = false;
		for (WaitingTicket ticket : match.tickets()) {
			ticket.underWay(false);
			for (String uid : ticket.members()) {
				isContended |= match.vote(uid) == Reply.BUSY;
				update(ticket, uid, match.vote(uid));
			}
		}
		if (isContended) {
			// Another owner matches the same tickets: not both must try again at once.
			Duration pause = Duration.ofMillis(this.parts.random().nextInt(MAX_BACKOFF_MILLIS));
			match.tickets().forEach((ticket) -> ticket.pause(pause));
		}
		end();
	}

	private void update(WaitingTicket ticket, String uid, @Nullable Reply vote) {
		if (vote == Reply.GONE || vote == Reply.SEATED) {
			this.tickets.remove(ticket.id());
		}
		else if (vote == null || vote == Reply.ABSENT) {
			ticket.markAbsent(uid);
		}
		else {
			ticket.markPresent(uid, ticket.node(uid));
		}
	}

	/** The room of a match could not be created, or not in time. */
	void noRoom(Matching match, @Nullable Throwable failure) {
		log.warn("No room of the kind '{}' for a match of the queue '{}': {}", this.info.kind(), this.info.queue(),
				(failure != null) ? failure.toString() : "it has taken too long");
		this.pausedNanos = this.lane.nanoTime() + PAUSE.toNanos();
		match.tickets().forEach((ticket) -> {
			ticket.underWay(false);
			ticket.members().forEach((uid) -> ticket.markPresent(uid, ticket.node(uid)));
		});
		end();
	}

	/** Others may have waited until fewer matches are under way. */
	private void end() {
		this.underWay--;
		if (this.search.isIncomplete() && this.underWay == MAX_UNDER_WAY / 2) {
			this.lane.execute(this::round);
		}
	}

	/**
	 * A player who has announced a ticket.
	 *
	 * @param uid the player
	 * @param node the node to which its client is connected
	 */
	private record Leader(String uid, String node) {
	}

	/**
	 * What a queue needs.
	 *
	 * @param mapper reads the properties of tickets
	 * @param rooms creates the rooms of matches
	 * @param observer receives what happens
	 * @param ids creates ids that are unique in the cluster
	 * @param random selects the time of further attempts
	 */
	record Parts(JsonMapper mapper, MatchRooms rooms, MatchObserver observer, Supplier<String> ids,
			RandomGenerator random) {
	}

}
