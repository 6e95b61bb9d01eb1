package io.nanogame.spring.match;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

import io.nanogame.spring.match.PlayerState.QueuedTicket;
import io.nanogame.spring.match.QueuedPlayers.Visit;
import io.nanogame.spring.match.TicketDesk.Ending;
import io.nanogame.spring.room.ClientMessage;
import io.nanogame.spring.room.ProtobufFields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How tickets end without a match. Confined to the lane of the desk.
 */
final class Endings {

	private static final Logger log = LoggerFactory.getLogger(Endings.class);

	private final QueuedPlayers players;

	private final MatchNodes nodes;

	private final LocalTickets.Parts parts;

	private final Executor lane;

	Endings(QueuedPlayers players, MatchNodes nodes, LocalTickets.Parts parts, Executor lane) {
		this.players = players;
		this.nodes = nodes;
		this.parts = parts;
		this.lane = lane;
	}

	/** Ends a ticket of a player of this node, and of its party on all nodes. */
	void end(Visit visit, QueuedTicket ticket, String reason) {
		endHere(visit, ticket.id(), reason);
		endParty(ticket, reason);
	}

	/** Ends a ticket at the other members, after the visit of one of them. */
	void endParty(QueuedTicket ticket, String reason) {
		if (ticket.members().size() > 1) {
			this.lane.execute(() -> endEverywhere(new Ending(ticket.queue(), ticket.id(), ticket.members(), reason)));
		}
	}

	/** Ends a ticket on all nodes. */
	void endEverywhere(Ending ending) {
		endHere(ending);
		try {
			this.nodes.allTickets().end(ending);
		}
		catch (RuntimeException ex) {
			// The owner of the queue reports later that a member is missing.
			log.warn("The end of a party's ticket did not reach the other nodes: {}", ex.toString());
		}
	}

	/** Ends a ticket at its members of this node. */
	void endHere(Ending ending) {
		for (String uid : ending.members()) {
			this.players.with(uid, (visit) -> {
				endHere(visit, ending.ticket(), ending.reason());
				return true;
			});
		}
	}

	/** A ticket with which a player is held ends with the hold, if that fails. */
	private void endHere(Visit visit, String id, String reason) {
		PlayerState state = visit.state();
		QueuedTicket ticket = state.ticket(id);
		if (ticket == null) {
			return;
		}
		if (state.holds(id)) {
			if (!ticket.isEnding()) {
				visit.state(state.with(ticket.ending(reason)));
			}
			return;
		}
		visit.state(state.without(id));
		push(visit.player()::push, ticket.queue(), reason);
		observe(visit.player().uid(), ticket, reason);
	}

	/** Ends the hold of a player without a match. */
	void release(Visit visit) {
		PlayerState released = visit.state().withHold(null);
		visit.state(released);
		for (QueuedTicket ticket : released.tickets()) {
			if (ticket.isEnding()) {
				end(visit, ticket, ticket.ending());
			}
		}
	}

	/** Ends all tickets of a player of which the session has ended, or is unbound. */
	void left(String uid, PlayerState last) {
		for (QueuedTicket ticket : last.tickets()) {
			observe(uid, ticket, EndReason.LEFT);
			List<String> others = new ArrayList<>(ticket.members());
			others.remove(uid);
			if (!others.isEmpty()) {
				endEverywhere(new Ending(ticket.queue(), ticket.id(), others, EndReason.LEFT));
			}
		}
	}

	/** Reports each ticket once. */
	private void observe(String uid, QueuedTicket ticket, String reason) {
		if (ticket.isOwnedBy(uid)) {
			this.parts.observer().ended(ticket.queue(), reason);
		}
	}

	/** Notifies a client of the end of a ticket. */
	void push(BiConsumer<String, ClientMessage> client, String queue, String reason) {
		switch (reason) {
			case EndReason.REFUSED -> {
				// The game has received the failure.
			}
			case EndReason.TIMED_OUT -> client.accept("match.timedOut", new TimedOut(queue));
			default -> client.accept("match.cancelled", new Cancelled(queue, reason));
		}
	}

	/**
	 * The payload of a push.
	 *
	 * @param queue the name of the queue
	 */
	record TimedOut(String queue) implements ClientMessage {

		@Override
		public void writeTo(ProtobufFields fields) {
			fields.text(1, this.queue);
		}

	}

	/**
	 * The payload of a push.
	 *
	 * @param queue the name of the queue
	 * @param reason see {@link EndReason}
	 */
	record Cancelled(String queue, String reason) implements ClientMessage {

		@Override
		public void writeTo(ProtobufFields fields) {
			fields.text(1, this.queue).text(2, this.reason);
		}

	}

}
