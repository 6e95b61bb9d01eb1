package io.nanogame.cluster.move;

import io.nanogame.cluster.frame.MoveFrame.PassedOn;
import io.nanogame.cluster.peer.PayloadForms;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.WrittenPush;

/**
 * The pushes that a node sends to several sessions: to a group, or to a player. Each has
 * a number of its node, by which a session that moves receives it once. Thread-safe.
 */
public final class SharedPushes {

	private final OwnSessions own;

	private final Moves moves;

	private final Peers peers;

	private final PayloadForms forms;

	/**
	 * Creates the pushes of a node.
	 * @param own the sessions that the node owns
	 * @param moves the sessions that move
	 * @param peers the other nodes
	 * @param forms the forms of payloads
	 */
	public SharedPushes(OwnSessions own, Moves moves, Peers peers, PayloadForms forms) {
		this.own = own;
		this.moves = moves;
		this.peers = peers;
		this.forms = forms;
	}

	/**
	 * Returns the forms of payloads.
	 * @return always the same object
	 */
	public PayloadForms forms() {
		return this.forms;
	}

	/**
	 * Returns whether this node owns a session.
	 * @param session the id of the session
	 * @return true if its client is connected to this node, or may resume it here
	 */
	public boolean isOwn(long session) {
		return this.own.test(session);
	}

	/**
	 * Returns whether a session has moved from this node, and pushes are passed on to it.
	 * @param session the id of the session
	 * @return false when the move is over
	 */
	public boolean hasLeft(long session) {
		return this.moves.hasLeft(session);
	}

	/**
	 * Returns whether this node passes on the pushes of another one to a session.
	 * @param session the id of the session
	 * @param node the id of the node that sends the pushes
	 * @return false if the session has not moved, or the node sends nothing more
	 */
	public boolean passesOn(long session, String node) {
		return this.moves.nextOf(session, node) != null;
	}

	/**
	 * Returns the number of a push of this node.
	 * @return a number above the earlier ones
	 */
	public long next() {
		return this.moves.numbers().next();
	}

	/**
	 * Receives a push of another node, before it is delivered.
	 * @param from the id of the node
	 * @param number the number of the push there
	 */
	public void received(String from, long number) {
		this.moves.numbers().receive(from, number);
	}

	/**
	 * Delivers a push to a session, or passes it on if the session has moved from this
	 * node. Other sessions do not receive it.
	 * @param from the id of the node that has sent the push
	 * @param number the number of the push there
	 * @param session the session
	 * @param push the push
	 */
	public void deliver(String from, long number, Session session, WrittenPush push) {
		long id = session.id();
		String next = isOwn(id) ? this.moves.deliver(from, number, id, () -> push.send(session))
				: this.moves.nextOf(id, from);
		OutboundMessage written = (next != null) ? push.with(session.payloads()) : null;
		if (next != null && written != null) {
			this.peers.to(next)
				.send(new PassedOn(id, from, number, written.route(), written.body(),
						this.forms.name(session.payloads())));
		}
	}

}
