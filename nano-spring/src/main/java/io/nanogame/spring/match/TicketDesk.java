package io.nanogame.spring.match;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import io.nanogame.service.NanoService;
import org.jspecify.annotations.Nullable;

/**
 * The tickets of the players who are connected to one node, as other nodes call them.
 * <p>
 * A match is made in two steps: each desk holds the players of the match, and when all
 * are held, it is committed. A held player is in no other match. When neither a commit
 * nor a release arrives, the desk asks all others how the match has ended: it commits if
 * one of them has. A desk that has replied that it has not is frozen, and accepts no
 * commit of the match any more.
 */
@NanoService("nano.match.tickets")
interface TicketDesk {

	/**
	 * Adds a player, and perhaps a party, to a queue.
	 * @param entry the player and the queue
	 * @return false if the session is not connected to this node
	 */
	CompletionStage<Boolean> enqueue(Entry entry);

	/**
	 * Adds those players of a party who are connected to this node.
	 * @param party the party
	 * @return a vote for each of its members: {@code YES}, {@code ABSENT}, {@code BUSY}
	 * if in the queue already, or {@code SEATED}
	 */
	CompletionStage<List<Vote>> enlist(Party party);

	/**
	 * Ends the ticket of a player, and of its party.
	 * @param uid the player
	 * @param queue the queue
	 * @return {@code YES}, {@code ABSENT} if the player is not here, {@code GONE} if it
	 * is not in the queue, {@code BUSY} if it is held
	 */
	CompletionStage<Reply> cancel(String uid, String queue);

	/**
	 * Ends a ticket, of whose members some may be here.
	 * @param ending the ticket
	 */
	void end(Ending ending);

	/**
	 * Holds players for a match.
	 * @param proposal the match
	 * @return a vote for each of its players of this node: {@code YES}, {@code ABSENT},
	 * {@code GONE} if the ticket has ended, {@code BUSY} if the player is held for
	 * another match, or {@code SEATED}
	 */
	CompletionStage<List<Vote>> hold(Proposal proposal);

	/**
	 * Commits a match, for all whose players are held.
	 * @param match the id of the match
	 * @param place the room
	 * @param uids players of this node
	 * @return a vote for each of them: {@code YES}, {@code ABSENT}, or {@code GONE} if it
	 * is not held for the match any more
	 */
	CompletionStage<List<Vote>> commit(String match, Place place, List<String> uids);

	/**
	 * Ends a match that is not committed.
	 * @param match the id of the match
	 * @param uids players of this node
	 * @return true
	 */
	CompletionStage<Boolean> release(String match, List<String> uids);

	/**
	 * Returns how a match has ended here. If it has not, its commit is refused from now
	 * on.
	 * @param match the id of the match
	 * @param uids all its players
	 * @return the outcome
	 */
	CompletionStage<Outcome> freeze(String match, List<String> uids);

	/**
	 * The wish of a player to enter a queue.
	 *
	 * @param session the id of the session
	 * @param uid the player
	 * @param queue the name of the queue
	 * @param members the uids of the party; that of the player may be missing
	 * @param properties JSON
	 */
	record Entry(long session, String uid, String queue, List<String> members, String properties) {

		/** The mapper of the application may omit empty lists. */
		public Entry {
			members = Objects.requireNonNullElse(members, List.of());
		}

	}

	/**
	 * A party that wants to be in a queue.
	 *
	 * @param queue the queue
	 * @param ticket the id of its ticket
	 * @param members the uids; the first one is the leader, who is not to be enlisted
	 */
	record Party(QueueInfo queue, String ticket, List<String> members) {
	}

	/**
	 * The end of a ticket.
	 *
	 * @param queue the name of the queue
	 * @param ticket the id of the ticket
	 * @param members the uids
	 * @param reason see {@link EndReason}
	 */
	record Ending(String queue, String ticket, List<String> members, String reason) {
	}

	/**
	 * A match for which players are to be held.
	 *
	 * @param match its id
	 * @param queue the queue
	 * @param kind the kind of room
	 * @param here the players of the desk
	 * @param all the uids of all players
	 */
	record Proposal(String match, String queue, String kind, List<Player> here, List<String> all) {
	}

	/**
	 * A player of a match.
	 *
	 * @param uid the player
	 * @param ticket the id of its ticket
	 */
	record Player(String uid, String ticket) {
	}

	/**
	 * The room of a match.
	 *
	 * @param room its id
	 * @param kind its kind
	 * @param node the id of the node that has it
	 */
	record Place(String room, String kind, String node) {
	}

	/**
	 * The reply for one player.
	 *
	 * @param uid the player
	 * @param reply the reply
	 */
	record Vote(String uid, Reply reply) {
	}

	/** What a desk replies for a player. */
	enum Reply {

		/** Done. */
		YES,

		/** The player is not connected to this node. */
		ABSENT,

		/** The ticket, or the hold, has ended. */
		GONE,

		/** The player is held for another match, or in the queue already. */
		BUSY,

		/** The player has a place in a room of the kind. */
		SEATED;

		/**
		 * Selects one of the replies of two nodes for a player, who is absent on all but
		 * one.
		 */
		static Reply decisive(Reply one, Reply other) {
			return (one == ABSENT || other == YES) ? other : one;
		}

	}

	/**
	 * How a match has ended on a node.
	 *
	 * @param phase the phase
	 * @param place the room of a match that is committed, else null
	 */
	record Outcome(Phase phase, @Nullable Place place) {

		static final Outcome OPEN = new Outcome(Phase.OPEN, null);

		static final Outcome FROZEN = new Outcome(Phase.FROZEN, null);

		static final Outcome RELEASED = new Outcome(Phase.RELEASED, null);

		static Outcome committed(Place place) {
			return new Outcome(Phase.COMMITTED, place);
		}

	}

	/** The phase of a match on a node. */
	enum Phase {

		/** Nothing is known; a commit is accepted. */
		OPEN,

		/** A commit is refused. */
		FROZEN,

		/** Committed. */
		COMMITTED,

		/** Released. */
		RELEASED

	}

}
