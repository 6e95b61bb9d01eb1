package io.nanogame.spring.match;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import io.nanogame.service.NanoService;
import org.jspecify.annotations.Nullable;

/**
 * The queues of one node, as other nodes call them. A node matches the players of a queue
 * that have been announced to it. It keeps nothing else, so another node can take the
 * queue over at any time, and two nodes may have it for a moment.
 */
@NanoService("nano.match.queues")
interface QueueDesk {

	/**
	 * Returns the queues of the node.
	 * @return always the same
	 */
	CompletionStage<List<QueueInfo>> queues();

	/**
	 * Announces players who wait. Repeated for as long as they do.
	 * @param announcement the players of one node
	 * @return what the caller does not know yet
	 */
	CompletionStage<Announced> announce(Announcement announcement);

	/**
	 * Players who wait.
	 *
	 * @param queue the name of the queue
	 * @param node the id of their node
	 * @param players the players
	 */
	record Announcement(String queue, String node, List<Waiting> players) {
	}

	/**
	 * A player who waits.
	 *
	 * @param ticket the id of the ticket
	 * @param uid the player
	 * @param waitedMillis how long the ticket has waited, as far as the node knows
	 * @param party the ticket, for its leader; null if it was announced before
	 */
	record Waiting(String ticket, String uid, long waitedMillis, @Nullable PartyInfo party) {
	}

	/**
	 * A ticket.
	 *
	 * @param members the uids
	 * @param properties JSON
	 */
	record PartyInfo(List<String> members, String properties) {
	}

	/**
	 * The reply to an announcement, by the ids of tickets.
	 *
	 * @param unknown those of which the leader must be announced with the ticket
	 * @param broken those of which members have been missing for long
	 * @param waitedMillis how long tickets have waited, if that is longer than announced
	 */
	record Announced(List<String> unknown, List<String> broken, Map<String, Long> waitedMillis) {

		/** The mapper of the application may omit empty lists. */
		public Announced {
			unknown = Objects.requireNonNullElse(unknown, List.of());
			broken = Objects.requireNonNullElse(broken, List.of());
			waitedMillis = Objects.requireNonNullElse(waitedMillis, Map.of());
		}

	}

}
