package io.nanogame.cluster.handover;

import io.nanogame.cluster.backend.BackendMoves;
import io.nanogame.cluster.frame.FrameCodec;
import io.nanogame.cluster.gateway.GatewayMoves;
import io.nanogame.cluster.group.GroupMoves;
import io.nanogame.cluster.move.Moves;
import io.nanogame.cluster.move.OwnSessions;
import io.nanogame.cluster.user.UserMoves;

/**
 * The parts of a node that a session which moves leaves, or arrives at.
 *
 * @param own the sessions that the node owns
 * @param moves passes on pushes
 * @param router the sessions of clients of the node
 * @param backend the copies of sessions of other nodes
 * @param groups the memberships of sessions
 * @param users the logins of sessions
 * @param codec reads sessions
 */
public record HandoverParts(OwnSessions own, Moves moves, GatewayMoves router, BackendMoves backend, GroupMoves groups,
		UserMoves users, FrameCodec codec) {

	/** The move of a session from this node is over: no more pushes are passed on. */
	void moveOver(long session) {
		this.groups.left(session);
		this.users.left(session);
	}

}
