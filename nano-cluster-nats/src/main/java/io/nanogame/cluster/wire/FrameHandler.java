package io.nanogame.cluster.wire;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.nanogame.group.Audience;
import io.nanogame.session.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Takes what another node says about sessions. A node is told only what concerns its
 * part: gateways and backends each overrides its own half. Called on the thread that
 * reads from the network, in the order it was said; must not block.
 */
public interface FrameHandler {

	// To a backend

	/**
	 * This is a session whose messages will follow.
	 * @param from the node that holds its client
	 * @param seat what there is to know of it
	 */
	default void seat(String from, Seat seat) {
	}

	/**
	 * A message of a session.
	 * @param from the node that holds its client
	 * @param session its id
	 * @param message the message
	 */
	default void message(String from, long session, MessageFrame message) {
	}

	/**
	 * A gateway has not heard for long that a message was handled.
	 * @param from the node that holds its client
	 * @param session its id
	 * @param sequence of the message; to be told that it and all before it are done
	 */
	default void askDone(String from, long session, long sequence) {
	}

	/**
	 * What a gateway said may not have arrived: it was away, or took this node for dead.
	 * @param from the gateway
	 */
	default void back(String from) {
	}

	// To a gateway

	/**
	 * The answer to a request.
	 * @param from who answers
	 * @param session whose request it was
	 * @param sequence of the request
	 * @param error whether it is an error answer
	 * @param body the payload
	 */
	default void answer(String from, long session, long sequence, boolean error, byte[] body) {
	}

	default void push(long session, String route, byte[] body) {
	}

	/**
	 * A push for several sessions of this node.
	 * @param sessions their ids
	 * @param route the clients' listener
	 * @param body the payload
	 */
	default void multicast(long[] sessions, String route, byte[] body) {
	}

	/**
	 * A message was handled; its session's next one may go elsewhere.
	 * @param from who handled it
	 * @param session whose it was
	 * @param sequence of the message
	 */
	default void done(String from, long session, long sequence) {
	}

	/**
	 * A message could not be handled, because its session is not known.
	 * @param from who does not know it
	 * @param session whose it was
	 * @param sequence of the message
	 */
	default void unseated(String from, long session, long sequence) {
	}

	/**
	 * A session's messages to a component go to a node from now on.
	 * @param session its id
	 * @param component the component
	 * @param node the id of the node; empty when it shall be chosen anew
	 */
	default void bind(long session, String component, String node) {
	}

	/**
	 * A session comes to a group or leaves it.
	 * @param session its id
	 * @param group the group's name
	 * @param joins false when it leaves
	 */
	default void member(long session, String group, boolean joins) {
	}

	// Of groups

	/**
	 * A push for the members of a group that are connected to this node.
	 * @param from who sends it
	 * @param group the group's name
	 * @param route the clients' listener
	 * @param body the payload
	 * @param except nodes that get it another way
	 */
	default void groupPush(String from, String group, String route, byte[] body, Set<String> except) {
	}

	/**
	 * A session of another node is a member.
	 * @param from that node
	 * @param group the group's name
	 * @param member the session
	 */
	default void joined(String from, String group, Seated member) {
	}

	default void left(String from, String group, long session) {
	}

	default void who(String from, String group) {
	}

	/**
	 * The members of a group that are connected to another node and whose ids are in a
	 * range, all of them.
	 * @param from that node
	 * @param group the group's name
	 * @param first the first id of the range
	 * @param last the last one
	 * @param members their sessions
	 */
	default void members(String from, String group, long first, long last, List<Seated> members) {
	}

	default void groupClosed(String from, String group) {
	}

	default void groupExpires(String from, String group, Duration ttl) {
	}

	default void groupRenewed(String from, String group) {
	}

	// Of players

	/**
	 * A push for the sessions of a player that are connected to this node.
	 * @param uid the player
	 * @param route the clients' listener
	 * @param body the payload
	 * @param except nodes that get it another way
	 */
	default void userPush(String uid, String route, byte[] body, Set<String> except) {
	}

	/**
	 * The sessions of a player that are connected to this node are to be closed.
	 * @param uid the player
	 * @param words the reason, for the client's eyes
	 * @param except nodes that get it another way
	 */
	default void userKick(String uid, String words, Set<String> except) {
	}

	/**
	 * Another node asks for the sessions of a player.
	 * @param from that node
	 * @param question its number, for the answer
	 * @param uid the player
	 */
	default void userWhere(String from, long question, String uid) {
	}

	/**
	 * Sessions of a player are on another node.
	 * @param from that node
	 * @param question the number of the question
	 * @param sessions their ids
	 */
	default void userHere(String from, long question, long[] sessions) {
	}

	/**
	 * A player has logged in.
	 * @param uid the player
	 * @param stamp when, by the clock of the cluster
	 * @param session the new session
	 */
	default void claim(String uid, long stamp, long session) {
	}

	// To all gateways, and back

	/**
	 * A push for those of a gateway's sessions that it concerns; to be answered.
	 * @param from the node that sends it
	 * @param question its number, for the answer
	 * @param audience whom it is for
	 * @param route the clients' listener
	 * @param body the payload
	 */
	default void pushTo(String from, long question, Audience audience, String route, byte[] body) {
	}

	/**
	 * A gateway has done what it was asked for.
	 * @param from the gateway
	 * @param question the number of the question
	 * @param took whether it holds a session the push was for
	 */
	default void taken(String from, long question, boolean took) {
	}

	// Both ways

	/**
	 * Another node knows a session, and is not sure that this one does, too.
	 * @param from that node
	 * @param session its id
	 */
	default void rollCall(String from, long session) {
	}

	/**
	 * An attribute has changed.
	 * @param from where
	 * @param session whose
	 * @param name the name
	 * @param value the value: text, number, boolean, or
	 * {@link io.nanogame.session.EncodedAttribute}; null when it was removed
	 */
	default void attribute(String from, long session, String name, @Nullable Object value) {
	}

	default void bound(String from, long session, String uid) {
	}

	/**
	 * The session has its uid no more.
	 * @param from who unbound it
	 * @param session its id
	 * @param uid the uid it had
	 */
	default void unbound(String from, long session, String uid) {
	}

	/**
	 * Somebody has logged in, or out.
	 * @param from where
	 * @param session whose
	 * @param login who it is; null for nobody
	 */
	default void principal(String from, long session, @Nullable Login login) {
	}

	/**
	 * The session was closed, or has to be.
	 * @param from who says so
	 * @param session its id
	 * @param reason why
	 */
	default void close(String from, long session, CloseReason reason) {
	}

}
