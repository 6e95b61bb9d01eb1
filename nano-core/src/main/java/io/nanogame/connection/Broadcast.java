package io.nanogame.connection;

import java.util.Collection;

import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * One message for many clients of a loop, encoded once for each form they read. Arrays,
 * not buffers: nothing has to be released, and a small packet is copied into each
 * client's output faster than it is shared. Loop.
 */
final class Broadcast implements Runnable {

	private final OutputLoop loop;

	private final OutboundMessage message;

	private final Collection<Session> members;

	/** Null until the first client got it. */
	private @Nullable BroadcastForm form;

	private byte @Nullable [] packet;

	/** The same message in another form, if its clients read several. */
	private @Nullable Broadcast other;

	Broadcast(OutputLoop loop, OutboundMessage message, Collection<Session> members) {
		this.loop = loop;
		this.message = message;
		this.members = members;
	}

	OutboundMessage message() {
		return this.message;
	}

	Collection<Session> members() {
		return this.members;
	}

	@Override
	public void run() {
		this.loop.deliver(this);
	}

	byte[] packet(BroadcastForm wanted) {
		byte[] present = this.packet;
		if (present == null) {
			present = wanted.encode(this.message);
			this.packet = present;
			this.form = wanted;
		}
		return (this.form == wanted) ? present : other().packet(wanted);
	}

	private Broadcast other() {
		Broadcast next = this.other;
		if (next == null) {
			next = new Broadcast(this.loop, this.message, this.members);
			this.other = next;
		}
		return next;
	}

}
