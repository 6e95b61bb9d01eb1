package io.nanogame.spring.match;

import java.util.ArrayList;
import java.util.List;

import io.nanogame.spring.match.TicketDesk.Place;
import org.jspecify.annotations.Nullable;

/**
 * The tickets of a player, as its session keeps them. Immutable.
 *
 * @param tickets the tickets of the player and its parties, at most one for each queue
 * @param hold the match for which the player is held, or null
 * @param matches the matches of the last minute, the newest one at last
 */
record PlayerState(List<QueuedTicket> tickets, @Nullable Hold hold, List<Committed> matches) {

	/** Of more matches within a minute the older ones are forgotten. */
	private static final int MAX_MATCHES = 4;

	static final PlayerState EMPTY = new PlayerState(List.of(), null, List.of());

	boolean isEmpty() {
		return this.tickets.isEmpty() && this.hold == null && this.matches.isEmpty();
	}

	@Nullable QueuedTicket inQueue(String queue) {
		return this.tickets.stream().filter((ticket) -> ticket.queue().equals(queue)).findFirst().orElse(null);
	}

	@Nullable QueuedTicket ticket(String id) {
		return this.tickets.stream().filter((ticket) -> ticket.id().equals(id)).findFirst().orElse(null);
	}

	/** Returns whether the player is held with a ticket. */
	boolean holds(String ticket) {
		return this.hold != null && this.hold.ticket().equals(ticket);
	}

	/** Returns whether the player is held for a match. */
	boolean isHeldFor(String match) {
		return this.hold != null && this.hold.match().equals(match);
	}

	/** Adds a ticket, or replaces it. */
	PlayerState with(QueuedTicket ticket) {
		List<QueuedTicket> changed = new ArrayList<>(without(ticket.id()).tickets);
		changed.add(ticket);
		return new PlayerState(List.copyOf(changed), this.hold, this.matches);
	}

	PlayerState without(String ticket) {
		return new PlayerState(this.tickets.stream().filter((one) -> !one.id().equals(ticket)).toList(), this.hold,
				this.matches);
	}

	/** Changes the hold; null ends it. */
	PlayerState withHold(@Nullable Hold changed) {
		return new PlayerState(this.tickets, changed, this.matches);
	}

	/** Ends the hold by a commit, and with it all tickets. */
	PlayerState committed(Committed match) {
		List<Committed> all = new ArrayList<>(this.matches);
		all.add(match);
		return new PlayerState(List.of(), null,
				List.copyOf(all.subList(Math.max(0, all.size() - MAX_MATCHES), all.size())));
	}

	/** Returns whether a match of the player was committed. */
	boolean isCommitted(String match) {
		return this.matches.stream().anyMatch((one) -> one.match().equals(match));
	}

	/** Adds to the time that the tickets have waited. */
	PlayerState aged(long millis) {
		return new PlayerState(
				this.tickets.stream().map((ticket) -> ticket.waited(ticket.waitedMillis() + millis)).toList(),
				this.hold, this.matches);
	}

	/**
	 * A ticket.
	 *
	 * @param id its id
	 * @param queue the name of the queue
	 * @param members the uids; the first one is the leader, whose session owns the ticket
	 * @param properties JSON; empty at the other members
	 * @param timeoutMillis how long the ticket waits
	 * @param waitedMillis how long it had waited when this was written
	 * @param ending why it ends when it is not held any more; empty if it stays
	 */
	record QueuedTicket(String id, String queue, List<String> members, String properties, long timeoutMillis,
			long waitedMillis, String ending) {

		boolean isOwnedBy(String uid) {
			return this.members.get(0).equals(uid);
		}

		boolean isEnding() {
			return !this.ending.isEmpty();
		}

		QueuedTicket waited(long millis) {
			return new QueuedTicket(this.id, this.queue, this.members, this.properties, this.timeoutMillis, millis,
					this.ending);
		}

		QueuedTicket ending(String reason) {
			return new QueuedTicket(this.id, this.queue, this.members, this.properties, this.timeoutMillis,
					this.waitedMillis, reason);
		}

	}

	/**
	 * A match for which the player is held.
	 *
	 * @param match the id of the match
	 * @param ticket the id of the ticket
	 * @param queue the name of the queue
	 * @param players the uids of all players of the match
	 */
	record Hold(String match, String ticket, String queue, List<String> players) {
	}

	/**
	 * A match that was committed.
	 *
	 * @param match the id of the match
	 * @param place the room
	 */
	record Committed(String match, Place place) {
	}

}
