package io.nanogame.client;

import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A message of a session that can be resumed. It is encoded when it is written for the
 * first time, and does not change from then on.
 */
final class Outgoing {

	/** The memory that a message takes besides its packet, roughly. */
	static final int OVERHEAD = 64;

	private final long id;

	private final String route;

	private final int bodyLength;

	private final int size;

	/** The body, then the packet. */
	private byte[] bytes;

	/**
	 * Creates a message.
	 * @param id the number of the request; 0 for a notify
	 * @param length the length of the packet, in bytes
	 */
	Outgoing(long id, String route, byte[] body, int length) {
		this.id = id;
		this.route = route;
		this.bytes = body;
		this.bodyLength = body.length;
		this.size = length + OVERHEAD;
	}

	long id() {
		return this.id;
	}

	String route() {
		return this.route;
	}

	boolean isRequest() {
		return this.id != 0;
	}

	/** Returns the memory that is counted for this message, in bytes. */
	int size() {
		return this.size;
	}

	/**
	 * Encodes the message. Called once.
	 * @throws io.nanogame.protocol.ProtocolException if the route is too long for this
	 * encoder
	 */
	byte[] encode(MessageEncoder encoder) {
		MessageType type = isRequest() ? MessageType.REQUEST : MessageType.NOTIFY;
		byte[] packet = new byte[encoder.packetLength(type, this.id, this.route, this.bytes, true)];
		ByteBuf out = Unpooled.wrappedBuffer(packet).clear();
		encoder.encodePacket(out, type, this.id, this.route, this.bytes, false, true);
		this.bytes = packet;
		return packet;
	}

	/** Returns the packet; {@link #encode} has been called. */
	byte[] packet() {
		return this.bytes;
	}

	/**
	 * Returns the notification for its report.
	 * @param sent whether it may have been received
	 * @return the notification; null for a request
	 */
	@Nullable UndeliveredNotification undelivered(boolean sent) {
		if (isRequest()) {
			return null;
		}
		byte[] body = new byte[this.bodyLength];
		System.arraycopy(this.bytes, this.bytes.length - this.bodyLength, body, 0, this.bodyLength);
		return new UndeliveredNotification(this.route, body, sent);
	}

}
