package io.nanogame.cluster.wire;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.nanogame.group.Audience;
import io.nanogame.session.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Receives the frames of other nodes. Gateways and backends each implement their own
 * half. Called on the thread that reads from the network, in the order of sending; must
 * not block.
 */
public interface FrameHandler {

	// To a backend

	/**
	 * Introduces a session whose messages will follow.
	 * @param from the gateway of its client
	 * @param seat the description of the session
	 */
	default void seat(String from, Seat seat) {
	}

	/**
	 * A message of a session.
	 * @param from the gateway of its client
	 * @param session its id
	 * @param message the message
	 */
	default void message(String from, long session, MessageFrame message) {
	}

	/**
	 * A gateway queries whether a message was handled, because it has received no report
	 * for long.
	 * @param from the gateway of its client
	 * @param session its id
	 * @param sequence the number of the message; the report is due when this one and all
	 * before it are done
	 */
	default void askDone(String from, long session, long sequence) {
	}

	/**
	 * Frames of a gateway may be lost: it was disconnected, or considered this node dead.
	 * @param from the gateway
	 */
	default void back(String from) {
	}

	// To a gateway

	/**
	 * The reply to a request.
	 * @param from the node that replies
	 * @param session the session of the request
	 * @param sequence the number of the request
	 * @param error whether it is an error
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
	 * A message was handled; the next one of its session may be sent to another node.
	 * @param from the node that has handled it
	 * @param session the session of the message
	 * @param sequence the number of the message
	 */
	default void done(String from, long session, long sequence) {
	}

	/**
	 * A message could not be handled, because its session is unknown.
	 * @param from the node that does not know the session
	 * @param session the session of the message
	 * @param sequence the number of the message
	 */
	default void unseated(String from, long session, long sequence) {
	}

	/**
	 * A session's messages to a component are routed to a node from now on.
	 * @param session its id
	 * @param component the component
	 * @param node the id of the node; empty to let the strategy choose again
	 */
	default void bind(long session, String component, String node) {
	}

	/**
	 * A session joins a group or leaves it.
	 * @param session its id
	 * @param group the group's name
	 * @param joins false when it leaves
	 */
	default void member(long session, String group, boolean joins) {
	}

	// Of groups

	/**
	 * A push for the members of a group that are connected to this node.
	 * @param from the node that sends it
	 * @param group the group's name
	 * @param route the clients' listener
	 * @param body the payload
	 * @param except nodes that receive it on another path
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
	 * @param except nodes that receive it on another path
	 */
	default void userPush(String uid, String route, byte[] body, Set<String> except) {
	}

	/**
	 * The sessions of a player that are connected to this node are to be closed.
	 * @param uid the player
	 * @param reason the reason, which is sent to the client
	 * @param except nodes that receive it on another path
	 */
	default void userKick(String uid, String reason, Set<String> except) {
	}

	/**
	 * Another node queries the sessions of a player.
	 * @param from that node
	 * @param question the number of the query, for the reply
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
	 * A push for the sessions of an audience on a gateway; requires a reply.
	 * @param from the node that sends it
	 * @param question its number, for the reply
	 * @param audience the recipients
	 * @param route the clients' listener
	 * @param body the payload
	 */
	default void pushTo(String from, long question, Audience audience, String route, byte[] body) {
	}

	/**
	 * A gateway has handled such a push.
	 * @param from the gateway
	 * @param question the number of the push
	 * @param took whether it has a recipient
	 */
	default void taken(String from, long question, boolean took) {
	}

	// Both ways

	/**
	 * Another node knows a session, and queries whether this one does, too.
	 * @param from that node
	 * @param session its id
	 */
	default void rollCall(String from, long session) {
	}

	/**
	 * An attribute has changed.
	 * @param from the node of the change
	 * @param session the session
	 * @param name the name
	 * @param value the value: text, number, boolean, or
	 * {@link io.nanogame.session.EncodedAttribute}; null when it was removed
	 */
	default void attribute(String from, long session, String name, @Nullable Object value) {
	}

	default void bound(String from, long session, String uid) {
	}

	/**
	 * The session was unbound from its uid.
	 * @param from the node that has unbound it
	 * @param session its id
	 * @param uid the uid it had
	 */
	default void unbound(String from, long session, String uid) {
	}

	/**
	 * The login of a session has changed.
	 * @param from the node of the change
	 * @param session the session
	 * @param login the new login; null after a logout
	 */
	default void principal(String from, long session, @Nullable Login login) {
	}

	/**
	 * The session was closed, or must be closed.
	 * @param from the node that reports it
	 * @param session its id
	 * @param reason why
	 */
	default void close(String from, long session, CloseReason reason) {
	}

}
