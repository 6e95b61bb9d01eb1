package io.nanogame.spring.match;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.nanogame.spring.match.PlayerState.QueuedTicket;

/**
 * A player of this node who has tickets, or had them a moment ago. The session has the
 * state; this is what was read or written last. Confined to the lane of the desk.
 */
final class QueuedPlayer {

	private final String uid;

	private String text;

	private PlayerState state;

	/** When the waiting times in the state were right. */
	private long writtenNanos;

	/** When the hold, or else the last match, was first seen. */
	private long phaseNanos;

	/** The nodes to which tickets were announced, by the ids of the tickets. */
	private final Map<String, String> announced = new HashMap<>();

	QueuedPlayer(String uid, String text, PlayerState state, long nowNanos) {
		this.uid = uid;
		this.text = text;
		this.state = state;
		this.writtenNanos = nowNanos;
		this.phaseNanos = nowNanos;
	}

	String uid() {
		return this.uid;
	}

	String text() {
		return this.text;
	}

	PlayerState state() {
		return this.state;
	}

	/** The state was written. */
	void written(String newText, PlayerState newState, long nowNanos) {
		if (newState.hold() != this.state.hold() || newState.matches() != this.state.matches()) {
			this.phaseNanos = nowNanos;
		}
		this.text = newText;
		this.state = newState;
		this.writtenNanos = nowNanos;
		this.announced.keySet().removeIf((ticket) -> newState.ticket(ticket) == null);
	}

	/** Returns the state with the waiting times of now. */
	PlayerState aged(long nowNanos) {
		return this.state.aged(TimeUnit.NANOSECONDS.toMillis(nowNanos - this.writtenNanos));
	}

	long waitedMillis(QueuedTicket ticket, long nowNanos) {
		return ticket.waitedMillis() + TimeUnit.NANOSECONDS.toMillis(nowNanos - this.writtenNanos);
	}

	/** Returns how long the player has been held, or was matched ago. */
	long phaseNanos(long nowNanos) {
		return nowNanos - this.phaseNanos;
	}

	/** Returns whether a node has received a ticket. */
	boolean isAnnounced(String ticket, String node) {
		return node.equals(this.announced.get(ticket));
	}

	void announced(String ticket, String node) {
		this.announced.put(ticket, node);
	}

	/** A node does not have a ticket. */
	void notAnnounced(String ticket) {
		this.announced.remove(ticket);
	}

}
