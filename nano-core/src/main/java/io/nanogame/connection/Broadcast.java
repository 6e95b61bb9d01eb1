package io.nanogame.connection;

import java.util.Collection;

import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * One message for many clients of a loop, encoded once for each form. Encoded to arrays,
 * not buffers: an array need not be released, and copying a small packet into each
 * client's output is faster than sharing it. Confined to the loop.
 */
final class Broadcast implements Runnable {

	private final OutputLoop loop;

	private final OutboundMessage message;

	private final Collection<Session> members;

	/** The form of the packet; null until the message is encoded. */
	private @Nullable BroadcastForm form;

	private byte @Nullable [] packet;

	/** The same message in another form; null if all clients read the same one. */
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

	byte[] packet(BroadcastForm requested) {
		byte[] current = this.packet;
		if (current == null) {
			current = requested.encode(this.message);
			this.packet = current;
			this.form = requested;
		}
		return (this.form == requested) ? current : other().packet(requested);
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
