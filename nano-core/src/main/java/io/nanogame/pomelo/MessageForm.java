package io.nanogame.pomelo;

import io.nanogame.connection.BroadcastForm;
import io.nanogame.connection.Wire;
import io.nanogame.protocol.BodyDeflater;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.MessageEncoder;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of messages for clients that read the same features. Thread-safe.
 */
final class MessageForm implements BroadcastForm {

	private final MessageEncoder encoder;

	private final MessageEncoder ofCompressed;

	/** Whether routes are written as codes. */
	private final boolean codes;

	/** Null if bodies are not compressed. */
	private final @Nullable BodyDeflater deflater;

	MessageForm(MessageEncoder encoder, boolean codes, @Nullable BodyDeflater deflater) {
		this.encoder = encoder;
		this.ofCompressed = encoder.ofCompressedBodies();
		this.codes = codes;
		this.deflater = deflater;
	}

	/**
	 * Appends a message.
	 * @throws io.nanogame.protocol.ProtocolException when it cannot be encoded; no byte
	 * is appended then
	 */
	void append(Wire wire, OutboundMessage message, ClientInfo client) {
		boolean error = marksError(message, client);
		byte[] body = message.body();
		byte[] smaller = deflate(body);
		if (smaller != null) {
			append(wire, this.ofCompressed, message, smaller, error);
		}
		else {
			append(wire, this.encoder, message, body, error);
		}
	}

	private void append(Wire wire, MessageEncoder used, OutboundMessage message, byte[] body, boolean error) {
		ByteBuf out = wire.append(length(used, message, body));
		used.encodePacket(out, message.type(), message.id(), message.route(), body, error, this.codes);
	}

	@Override
	public byte[] encode(OutboundMessage push) {
		return encode(push, false);
	}

	/**
	 * Returns the packet of a message.
	 * @throws io.nanogame.protocol.ProtocolException when it cannot be encoded
	 */
	byte[] encode(OutboundMessage message, ClientInfo client) {
		return encode(message, marksError(message, client));
	}

	private static boolean marksError(OutboundMessage message, ClientInfo client) {
		return message.isError() && client.readsErrorMark();
	}

	private byte[] encode(OutboundMessage message, boolean error) {
		byte[] body = message.body();
		byte[] smaller = deflate(body);
		return (smaller != null) ? packet(this.ofCompressed, message, smaller, error)
				: packet(this.encoder, message, body, error);
	}

	private byte[] packet(MessageEncoder used, OutboundMessage message, byte[] body, boolean error) {
		return used.packet(message.type(), message.id(), message.route(), body, error, this.codes);
	}

	private byte @Nullable [] deflate(byte[] body) {
		return (this.deflater != null) ? this.deflater.deflate(body) : null;
	}

	private int length(MessageEncoder used, OutboundMessage message, byte[] body) {
		return used.packetLength(message.type(), message.id(), message.route(), body, this.codes);
	}

	/**
	 * Checks the length of a payload. The payloads of a server may be longer, because
	 * other protocols allow it.
	 * @throws SerializationException when it is longer than a packet may be
	 */
	static void check(OutboundMessage message) {
		if (message.body().length > Payloads.DEFAULT_MAX_LENGTH) {
			throw new SerializationException("The payload for %s has %d bytes, more than a packet takes"
				.formatted(message.route(), message.body().length), null);
		}
	}

}
