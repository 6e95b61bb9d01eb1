package io.nanogame.net;

import io.nanogame.connection.Protocol;
import io.nanogame.connection.TransportContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The received bytes of a {@link NettyWire}: passes them to the connection, and keeps
 * those that are not decoded yet. A superclass for the reason of {@link NettyChannel}.
 */
abstract class NettyInput extends NettyChannel {

	/**
	 * Bytes that were read and not decoded: an incomplete packet, or bytes received while
	 * paused.
	 */
	private @Nullable ByteBuf tail;

	/**
	 * Whether the client has disconnected, and bytes it has sent are still to be decoded.
	 */
	private boolean disconnected;

	NettyInput(TransportContext context, Protocol protocol, NettyLoop loop, Channel channel) {
		super(context, protocol, loop, channel);
	}

	final boolean isDisconnected() {
		return this.disconnected;
	}

	/** Decodes received bytes without frames, and releases them. */
	final void receive(ByteBuf in) {
		if (this.tail == null) {
			decode(in);
		}
		else {
			this.tail.discardSomeReadBytes().writeBytes(in);
			in.release();
			decodeTail();
		}
	}

	/** Decodes bytes; the undecoded rest becomes the tail. */
	private void decode(ByteBuf in) {
		try {
			this.connection.receive(in);
			if (isUnread(in)) {
				// A copy, because the read buffer is much larger than the rest.
				this.tail = buffer(in.readableBytes()).writeBytes(in);
			}
		}
		finally {
			in.release();
		}
	}

	/** Returns a buffer on the heap if no event would release a direct one. */
	private ByteBuf buffer(int capacity) {
		return this.disconnected ? Unpooled.buffer(capacity) : this.channel.alloc().buffer(capacity);
	}

	/** Returns whether bytes, or messages without bytes, are not decoded yet. */
	private boolean isUnread(ByteBuf in) {
		return in.isReadable() || hasMessage() && !this.connection.isEnding();
	}

	/** Decodes the kept bytes, then the kept messages. */
	final void decodeKept() {
		decodeTail();
		decodeMessages();
	}

	private void decodeTail() {
		ByteBuf kept = this.tail;
		if (kept == null) {
			return;
		}
		// Decoding may end the connection, which releases the tail.
		this.tail = null;
		this.connection.receive(kept);
		if (isUnread(kept)) {
			this.tail = kept;
		}
		else {
			kept.release();
		}
	}

	/** Decodes the messages that may be compressed, as far as the gate allows. */
	final void decodeMessages() {
		CompressedMessages messages = compressed();
		if (messages == null) {
			return;
		}
		try {
			while (messages.hasNext() && this.connection.gate().mayReadNext()) {
				ByteBuf message = messages.next(this.connection.gate());
				if (message == null) {
					return;
				}
				receive(message);
			}
		}
		catch (FrameException ex) {
			this.connection.end(ex.reason());
		}
	}

	private @Nullable CompressedMessages compressed() {
		WebSocketInput webSocket = webSocket();
		return (webSocket != null) ? webSocket.compressed() : null;
	}

	@Override
	public int incompleteLength() {
		CompressedMessages messages = compressed();
		return (messages != null) ? messages.incompleteLength() : 0;
	}

	@Override
	public boolean hasUnread() {
		CompressedMessages messages = compressed();
		return this.tail != null || messages != null && messages.hasNext();
	}

	/** Keeps the undecoded bytes of a client that has disconnected. */
	final void keepDisconnected() {
		this.disconnected = true;
		ByteBuf direct = this.tail;
		if (direct != null) {
			// On the heap, because no event would release a direct buffer.
			this.tail = Unpooled.copiedBuffer(direct);
			direct.release();
		}
		this.output.release();
	}

	final void releaseBuffers() {
		if (this.tail != null) {
			this.tail.release();
			this.tail = null;
		}
		CompressedMessages messages = compressed();
		if (messages != null) {
			messages.clear();
		}
		this.output.release();
	}

}
