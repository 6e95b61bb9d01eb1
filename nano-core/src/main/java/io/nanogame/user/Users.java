package io.nanogame.user;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.nanogame.session.Session;

/**
 * Players by their uids, wherever they are connected: to this server, or to any node of
 * its cluster. Thread-safe; never blocks.
 */
public interface Users {

	/**
	 * Pushes to all sessions of a player. Without effect on a player that is not
	 * connected.
	 * @param uid the player
	 * @param route the clients' listener
	 * @param payload as for {@link Session#push}
	 * @throws io.nanogame.serialize.SerializationException when the payload cannot be
	 * written, or is too long to be sent between nodes; no session receives it then
	 */
	void push(String uid, String route, Object payload);

	/**
	 * Pushes to all sessions of several players.
	 * @param uids the players
	 * @param route the clients' listener
	 * @param payload as for {@link #push(String, String, Object)}; written once
	 */
	void push(Collection<String> uids, String route, Object payload);

	/**
	 * Closes all sessions of a player.
	 * @param uid the player
	 * @param reason the reason, which is sent to the client
	 */
	void kick(String uid, String reason);

	/**
	 * Finds the sessions of a player.
	 * @param uid the player
	 * @return the ids of the sessions that are bound to it; empty when there are none. In
	 * a cluster these are the sessions of this node or, if it has none, those of the node
	 * that replies first. That no node has one is known immediately while this node and
	 * all others are connected: for a heartbeat, and as far as this node has noticed.
	 * Otherwise the stage waits for a reply, and fails with a {@link UserLookupException}
	 * after {@code nano.cluster.patience}, 6 seconds by default. It then completes on a
	 * worker thread
	 */
	CompletionStage<List<Long>> find(String uid);

}
