package io.nanogame.user;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.nanogame.session.Session;

/**
 * Players by their uids, wherever they are connected: to this server, or to any node of
 * its cluster. Any thread; nothing blocks.
 */
public interface Users {

	/**
	 * Pushes to all sessions of a player. A player that is not connected gets nothing.
	 * @param uid the player
	 * @param route the clients' listener
	 * @param payload as for {@link Session#push}
	 * @throws io.nanogame.serialize.SerializationException when the payload cannot be
	 * written, or is too long to reach other nodes
	 */
	void push(String uid, String route, Object payload);

	/**
	 * Pushes to players.
	 * @param uids the players
	 * @param route the clients' listener
	 * @param payload as for {@link #push(String, String, Object)}; written once
	 */
	void push(Collection<String> uids, String route, Object payload);

	/**
	 * Closes all sessions of a player.
	 * @param uid the player
	 * @param words the reason, for the client's eyes
	 */
	void kick(String uid, String words);

	/**
	 * Looks for a player.
	 * @param uid the player
	 * @return the ids of sessions that are bound to it. In a cluster, those of the node
	 * that replies first; empty when the player is connected nowhere, which takes two
	 * seconds to find out. The reply of another node comes on one of the worker threads
	 */
	CompletionStage<List<Long>> find(String uid);

}
