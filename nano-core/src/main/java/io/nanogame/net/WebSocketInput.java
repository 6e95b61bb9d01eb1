package io.nanogame.net;

import io.nanogame.connection.InboundMessages;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.UrlQuery;
import io.nanogame.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The inbound half of one WebSocket on a {@link NettyWire}: removes the frames, and
 * handles control frames. Confined to the event loop, except for the query.
 */
final class WebSocketInput implements WebSocketFrames.Listener {

	private final WebSocketFrames frames;

	/** Null if messages are never compressed. */
	private final @Nullable CompressedMessages compressed;

	private final Channel channel;

	private final OutputBuffer output;

	/** Whether the client's close frame is validated, and reported to the game. */
	private final boolean strict;

	/** The reply to the close frame of the client; null until that is received. */
	private @Nullable CloseFrame closeReply;

	private CloseReason closeReason = CloseReason.CLIENT_CLOSED;

	/** Whether the client has sent a close frame with code 1000, or without a code. */
	private boolean closedNormally;

	/**
	 * Creates the state of one client.
	 * @param query the query of the URL
	 * @param messages records the messages; null to make them a stream
	 * @param limits the limits of compressed messages; null if there are none
	 * @param channel the channel of the client
	 * @param output receives pongs
	 */
	WebSocketInput(UrlQuery query, @Nullable InboundMessages messages, @Nullable PacketLimits limits, Channel channel,
			OutputBuffer output) {
		this.compressed = (limits != null) ? new CompressedMessages(limits, messages) : null;
		this.frames = new WebSocketFrames(query, (this.compressed != null) ? this.compressed
				: (messages != null) ? new MessageRecorder(messages) : null);
		this.strict = messages != null;
		this.channel = channel;
		this.output = output;
	}

	/** Returns the query of the URL. Thread-safe. */
	UrlQuery query() {
		return this.frames.query();
	}

	/** Returns the messages that may be compressed; null if none is. */
	@Nullable CompressedMessages compressed() {
		return this.compressed;
	}

	/**
	 * Removes the frames in place, and all bytes if messages may be compressed. Returns
	 * the reason to end the connection because of malformed frames, or null.
	 */
	@Nullable CloseReason unwrap(ByteBuf in) {
		try {
			this.frames.unwrap(in, this);
			return null;
		}
		catch (FrameException ex) {
			return ex.reason();
		}
		finally {
			if (this.compressed != null) {
				in.clear();
			}
		}
	}

	@Override
	public void control(int opcode, byte[] payload) {
		if (opcode == WebSocketFrames.PING) {
			pong(payload);
		}
		else if (opcode == WebSocketFrames.CLOSE) {
			closed(payload);
		}
	}

	/**
	 * Sends no pong to a client that does not read, because pongs would accumulate. RFC
	 * 6455 allows to omit them.
	 */
	private void pong(byte[] payload) {
		if (this.channel.isWritable()) {
			this.output.frame(WebSocketFrames.PONG, payload);
		}
	}

	private void closed(byte[] payload) {
		this.closedNormally = CloseFrame.isNormal(payload);
		if (this.strict) {
			this.closeReply = CloseFrame.strictReplyTo(payload);
			this.closeReason = CloseFrame.reasonOf(payload);
		}
		else {
			this.closeReply = CloseFrame.replyTo(payload);
		}
	}

	/** Returns the reply to the close frame of the client; null until it is received. */
	@Nullable CloseFrame closeReply() {
		return this.closeReply;
	}

	/** Returns whether the client has closed the WebSocket deliberately. */
	boolean isClosedNormally() {
		return this.closedNormally;
	}

	/** Returns why the client has disconnected, if it does. */
	CloseReason closeReason() {
		return this.closeReason;
	}

}
