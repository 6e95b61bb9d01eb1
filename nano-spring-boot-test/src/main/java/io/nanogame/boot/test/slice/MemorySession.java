package io.nanogame.boot.test.slice;

import java.util.ArrayDeque;
import java.util.Deque;

import io.nanogame.protocol.Acknowledgement;
import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageDecoder;
import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.protocol.RouteNames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The session of a player in memory: its codec, and what the player keeps to continue it
 * on another connection. Guarded by its {@link MemoryConnection}.
 */
final class MemorySession {

	private final int heartbeatSeconds;

	private final MessageEncoder encoder;

	private final MessageDecoder decoder;

	/** Empty if the session cannot be resumed. */
	private String token;

	/** The sent packets that the server has not confirmed, oldest first. */
	private final Deque<byte[]> unconfirmed = new ArrayDeque<>();

	/** How many packets the server has confirmed. */
	private long confirmed;

	private long received;

	private long acknowledged;

	/**
	 * Creates the session of an accepted player.
	 * @param response the reply to the handshake
	 * @param resume null if the session cannot be resumed
	 */
	MemorySession(HandshakeResponse response, @Nullable ResumeReply resume) {
		RouteDictionary codes = response.dictionary();
		this.heartbeatSeconds = response.heartbeatSeconds();
		this.encoder = new MessageEncoder(codes);
		this.decoder = new MessageDecoder(codes, new RouteNames(codes.asMap().keySet()), PacketDecoder.MAX_BODY_LENGTH);
		this.token = (resume != null) ? resume.token() : "";
	}

	int heartbeatSeconds() {
		return this.heartbeatSeconds;
	}

	// Messages

	/** Returns a packet, and keeps it if the session can be resumed. */
	byte[] encode(MessageType type, long id, String route, byte[] body) {
		ByteBuf out = Unpooled.buffer();
		this.encoder.encodePacket(out, type, id, route, body, false, true);
		byte[] packet = ByteBufUtil.getBytes(out);
		if (isResumable()) {
			this.unconfirmed.add(packet);
		}
		return packet;
	}

	Message decode(ByteBuf in, int length) {
		this.received++;
		return this.decoder.decode(in, length);
	}

	// Resuming

	/** Returns why a session is lost; empty if that is not known. */
	static String reason(@Nullable ResumeReply reply) {
		if (reply == null) {
			return "";
		}
		return reply.reason().isEmpty() ? reply.code() : reply.code() + ": " + reply.reason();
	}

	boolean isResumable() {
		return !this.token.isEmpty();
	}

	/** The session has ended for good. */
	void ended() {
		this.token = "";
	}

	ResumeRequest request() {
		return new ResumeRequest(this.token, this.received);
	}

	void resume(ResumeReply reply) {
		confirm(reply.received());
		this.token = reply.token();
	}

	/** Starts on an accepted connection: sends again what is not confirmed. */
	void start(MemoryLink on) {
		on.send(PacketType.HANDSHAKE_ACK);
		if (isResumable()) {
			this.unconfirmed.forEach(on::send);
			heartbeat(on);
		}
	}

	/** Sends a heartbeat, with the number of received packets if the server uses it. */
	void heartbeat(MemoryLink on) {
		if (isResumable()) {
			this.acknowledged = this.received;
			on.send(Acknowledgement.packet(this.received));
		}
		else {
			on.send(PacketType.HEARTBEAT);
		}
	}

	/**
	 * Ends the session. Without the packet the server would keep one that can be resumed,
	 * and with {@code nano.session.login: continue} any other that has a uid.
	 */
	void end(MemoryLink on) {
		on.send(PacketType.KICK);
		ended();
	}

	void confirm(long count) {
		if (count < this.confirmed || count - this.confirmed > this.unconfirmed.size()) {
			throw new ProtocolException(ProtocolException.Reason.BAD_ACKNOWLEDGEMENT);
		}
		for (; this.confirmed < count; this.confirmed++) {
			this.unconfirmed.remove();
		}
	}

	/** Returns whether packets were received since the last acknowledgement. */
	boolean isAcknowledgementDue() {
		return isResumable() && this.received > this.acknowledged;
	}

}
