package io.nanogame.spring.match;

import java.util.List;
import java.util.concurrent.CompletionStage;

import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Matches players who wait in a {@link MatchQueue}, whichever nodes they are connected
 * to. Thread-safe; never blocks.
 * <p>
 * The clients receive one of these pushes for each ticket:
 * <ul>
 * <li>{@code match.found} {@code {queue, room, kind, players}}: a seat in the room is
 * reserved, and the client enters by {@code kind.join}
 * <li>{@code match.timedOut} {@code {queue}}
 * <li>{@code match.cancelled} {@code {queue, reason}}: {@code cancelled} by
 * {@link #cancel}, {@code left} when the session of a member has ended, {@code matched}
 * when a member was matched in another queue, {@code in-room} when a member has a place
 * in another room of the kind, {@code room-lost} when the room is gone already
 * </ul>
 * A ticket belongs to the session of its player: it ends with the session, and a session
 * that moves to another gateway stays in the queue.
 * <p>
 * Stages fail with a {@link io.nanogame.service.ServiceException ServiceException}. A
 * handler may return them, and its client receives the code: 400 for a party that is too
 * large, or has a member without a uid, or for properties that are too long, 401 when the
 * player has no uid, 404 when there is no such queue, or a member is not connected, 409
 * when a member is in the queue already, 423 when a member has a seat in a room of the
 * kind, 502 when the node of a player, or all nodes with the queue, cannot be reached,
 * and 408 when a node has not replied.
 */
public interface Matchmaker {

	/**
	 * Adds a player to a queue.
	 * @param player the session of the player
	 * @param queue the name of the queue
	 * @param properties what the rule needs to know, at most 8 KB as JSON; null for an
	 * empty object
	 * @return completes when the player is in the queue
	 */
	default CompletionStage<Void> enqueue(Session player, String queue, @Nullable Object properties) {
		return enqueue(player, List.of(), queue, properties);
	}

	/**
	 * Adds a party to a queue, whose members get into the same match. The ticket ends
	 * when a member leaves. The members are not asked: each gives up a seat that is
	 * reserved for it in a room of the kind, as the leader does.
	 * @param leader the session of the leader
	 * @param members the uids of the other members; may contain that of the leader
	 * @param queue the name of the queue
	 * @param properties as for a single player, but of the party
	 * @return completes when the party is in the queue
	 */
	CompletionStage<Void> enqueue(Session leader, List<String> members, String queue, @Nullable Object properties);

	/**
	 * Removes a player from a queue, and its party.
	 * @param player the session of the player
	 * @param queue the name of the queue
	 * @return false if the player is not in the queue, or a match is being made: then its
	 * client receives {@code match.found} or, if the match fails, {@code match.cancelled}
	 */
	CompletionStage<Boolean> cancel(Session player, String queue);

}
