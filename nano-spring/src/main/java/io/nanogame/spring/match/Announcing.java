package io.nanogame.spring.match;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import io.nanogame.spring.match.MatchNodes.Owner;
import io.nanogame.spring.match.PlayerState.QueuedTicket;
import io.nanogame.spring.match.QueueDesk.Announced;
import io.nanogame.spring.match.QueueDesk.Announcement;
import io.nanogame.spring.match.QueueDesk.PartyInfo;
import io.nanogame.spring.match.QueueDesk.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces the players of this node to the owners of their queues. Confined to the lane
 * of the desk.
 */
final class Announcing {

	private static final Logger log = LoggerFactory.getLogger(Announcing.class);

	/** The approximate length of an announcement in bytes; messages may be longer. */
	private static final int MAX_LENGTH = 256 * 1024;

	/** The approximate length of a player without its ticket and its uid. */
	private static final int LENGTH = 100;

	/** Of a character; few take more. */
	private static final int MAX_BYTES = 3;

	private final QueuedPlayers players;

	private final Endings endings;

	private final MatchNodes nodes;

	private final MatchObserver observer;

	private final Executor lane;

	Announcing(QueuedPlayers players, Endings endings, MatchNodes nodes, MatchObserver observer, Executor lane) {
		this.players = players;
		this.endings = endings;
		this.nodes = nodes;
		this.observer = observer;
		this.lane = lane;
	}

	/** Announces all players who are not held. */
	void all() {
		announce(this.players.snapshot());
	}

	/** Announces a player with a new ticket. */
	void one(String uid) {
		QueuedPlayer player = this.players.with(uid, QueuedPlayers.Visit::queued);
		if (player != null) {
			announce(List.of(player));
		}
	}

	private void announce(Iterable<QueuedPlayer> some) {
		Map<String, List<QueuedPlayer>> queues = new LinkedHashMap<>();
		for (QueuedPlayer player : some) {
			for (QueuedTicket ticket : player.state().tickets()) {
				if (!player.state().holds(ticket.id()) && !ticket.isEnding()) {
					queues.computeIfAbsent(ticket.queue(), (queue) -> new ArrayList<>()).add(player);
				}
			}
		}
		queues.forEach((queue, waiting) -> this.nodes.owner(queue).whenCompleteAsync((owner, failure) -> {
			if (failure == null) {
				announce(owner, waiting);
			}
			else {
				log.debug("The players of the queue '{}' cannot be announced", queue, failure);
			}
		}, this.lane));
	}

	private void announce(Owner owner, List<QueuedPlayer> waiting) {
		List<Waiting> page = new ArrayList<>();
		int length = 0;
		for (QueuedPlayer player : waiting) {
			QueuedTicket ticket = player.state().inQueue(owner.queue().queue());
			if (ticket != null) {
				Waiting next = describe(player, ticket, owner.node());
				page.add(next);
				length += length(next);
				if (length > MAX_LENGTH) {
					send(owner, page);
					page = new ArrayList<>();
					length = 0;
				}
			}
		}
		if (!page.isEmpty()) {
			send(owner, page);
		}
	}

	private Waiting describe(QueuedPlayer player, QueuedTicket ticket, String owner) {
		boolean isNew = ticket.isOwnedBy(player.uid()) && !player.isAnnounced(ticket.id(), owner);
		if (isNew) {
			player.announced(ticket.id(), owner);
			this.observer.waits(ticket.queue());
		}
		return new Waiting(ticket.id(), player.uid(), player.waitedMillis(ticket, this.players.nanoTime()),
				isNew ? new PartyInfo(ticket.members(), ticket.properties()) : null);
	}

	private static int length(Waiting player) {
		int characters = player.uid().length();
		PartyInfo party = player.party();
		if (party != null) {
			characters += party.properties().length() + party.members().stream().mapToInt(String::length).sum();
		}
		return LENGTH + MAX_BYTES * characters;
	}

	private void send(Owner owner, List<Waiting> page) {
		String queue = owner.queue().queue();
		owner.desk().announce(new Announcement(queue, this.nodes.self(), page)).whenCompleteAsync((reply, failure) -> {
			if (failure == null) {
				page.forEach((player) -> replied(player, reply));
			}
			else {
				log.debug("Players of the queue '{}' could not be announced", queue, failure);
				page.stream().filter((player) -> player.party() != null).forEach(this::forget);
			}
		}, this.lane);
	}

	private void forget(Waiting player) {
		this.players.with(player.uid(), (visit) -> {
			visit.queued().notAnnounced(player.ticket());
			return true;
		});
	}

	private void replied(Waiting player, Announced reply) {
		Long waited = reply.waitedMillis().get(player.ticket());
		boolean isBroken = reply.broken().contains(player.ticket());
		if (reply.unknown().contains(player.ticket())) {
			forget(player);
		}
		if (waited != null || isBroken) {
			this.players.with(player.uid(), (visit) -> {
				QueuedTicket ticket = visit.state().ticket(player.ticket());
				if (ticket != null && isBroken) {
					this.endings.end(visit, ticket, EndReason.LEFT);
				}
				else if (ticket != null && waited > ticket.waitedMillis()) {
					visit.state(visit.state().with(ticket.waited(waited)));
				}
				return true;
			});
		}
	}

}
