package io.nanogame.connection;

import java.util.Collection;

import io.nanogame.protocol.ClientText;
import io.nanogame.resume.KeptPacket;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One message for many clients of a loop, encoded once for each form. Encoded to arrays,
 * not buffers: an array need not be released, and copying a small packet into each
 * client's output is faster than sharing it. Confined to the loop.
 */
final class Broadcast implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(Broadcast.class);

	private final OutputLoop loop;

	private final OutboundMessage message;

	private final Collection<Session> members;

	/** The form of the packet; null until the message is encoded. */
	private @Nullable BroadcastForm form;

	/** Null also if the message cannot be encoded. */
	private @Nullable KeptPacket packet;

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

	/**
	 * Returns the packet in a form; null if it cannot be encoded, which is logged once.
	 */
	@Nullable KeptPacket packet(BroadcastForm requested) {
		if (this.form == null) {
			this.form = requested;
			this.packet = encode(requested);
		}
		return (this.form == requested) ? this.packet : other().packet(requested);
	}

	private @Nullable KeptPacket encode(BroadcastForm requested) {
		try {
			return new KeptPacket(requested.encode(this.message), true);
		}
		catch (RuntimeException ex) {
			log.error("A push to {} was not sent to members of a group: {}", ClientText.printable(this.message.route()),
					ex.getMessage());
			return null;
		}
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
