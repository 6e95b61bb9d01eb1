package io.nanogame.plain;

import java.nio.charset.StandardCharsets;

import io.nanogame.connection.Wire;
import io.nanogame.protocol.Kick;
import io.nanogame.protocol.MessageType;
import io.nanogame.session.CloseReason;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Writes messages as JSON objects without line breaks. A line feed separates them on
 * wires that are a stream of bytes. Thread-safe.
 */
final class JsonWriter {

	private static final byte[] END = { '}' };

	private static final byte[] END_OF_LINE = { '}', '\n' };

	private JsonWriter() {
	}

	static void append(Wire wire, OutboundMessage message) {
		byte[] head = head(message);
		byte[] body = message.body();
		byte[] end = end(wire.keepsBounds());
		write(wire.append(head.length + body.length + end.length), head, body, end);
	}

	static byte[] packet(OutboundMessage message, boolean bounded) {
		return packet(head(message), message.body(), bounded);
	}

	/** Writes the reply to a handshake. */
	static byte[] accepted(byte @Nullable [] user, boolean bounded) {
		return (user != null) ? packet(ascii("{\"handshake\":{\"code\":200,\"user\":"), join(user), bounded)
				: packet(ascii("{\"handshake\":"), ascii("{\"code\":200}"), bounded);
	}

	private static byte[] join(byte[] user) {
		return (new String(user, StandardCharsets.UTF_8) + "}").getBytes(StandardCharsets.UTF_8);
	}

	static byte[] refused(long id, byte[] error, boolean bounded) {
		return packet(ascii(((id != 0) ? "{\"id\":" + id + "," : "{") + "\"error\":"), error, bounded);
	}

	static byte[] kick(CloseReason reason, boolean bounded) {
		return packet(ascii("{\"kick\":"), new Kick(reason.message(), reason.reconnect()).toJson(), bounded);
	}

	private static byte[] head(OutboundMessage message) {
		if (message.type() == MessageType.PUSH) {
			String route = new String(JsonStringEncoder.getInstance().quoteAsCharArray(message.route()));
			return ("{\"route\":\"" + route + "\",\"body\":").getBytes(StandardCharsets.UTF_8);
		}
		return ascii("{\"id\":" + message.id() + (message.isError() ? ",\"error\":" : ",\"body\":"));
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] end(boolean bounded) {
		return bounded ? END : END_OF_LINE;
	}

	private static byte[] packet(byte[] head, byte[] body, boolean bounded) {
		byte[] end = end(bounded);
		byte[] packet = new byte[head.length + body.length + end.length];
		write(Unpooled.wrappedBuffer(packet).clear(), head, body, end);
		return packet;
	}

	/** Line breaks of a body are white space, because those of strings are escaped. */
	private static void write(ByteBuf out, byte[] head, byte[] body, byte[] end) {
		out.writeBytes(head);
		int start = out.writerIndex();
		out.writeBytes(body);
		for (int i = 0; i < body.length; i++) {
			if (body[i] == '\n' || body[i] == '\r') {
				out.setByte(start + i, ' ');
			}
		}
		out.writeBytes(end);
	}

}
