package io.nanogame.plain;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.nanogame.connection.Wire;
import io.nanogame.protocol.Kick;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.ResumeReply;
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

	/** Returns a message without line feed, for {@link #append(Wire, byte[])}. */
	static byte[] packet(OutboundMessage message) {
		return packet(head(message), message.body(), true);
	}

	static void append(Wire wire, byte[] packet) {
		if (wire.keepsBounds()) {
			wire.append(packet);
		}
		else {
			wire.append(packet.length + 1).writeBytes(packet).writeByte('\n');
		}
	}

	/**
	 * Writes the reply to a handshake.
	 * @param resume what is sent to a client that can resume its session; null for others
	 */
	static byte[] accepted(byte @Nullable [] user, @Nullable ResumeReply resume, boolean bounded) {
		StringBuilder reply = new StringBuilder("{\"code\":200");
		if (user != null) {
			reply.append(",\"user\":").append(utf8(user));
		}
		reply.append('}');
		if (resume != null) {
			reply.append(",\"resume\":").append(utf8(resume.toJson()));
		}
		return packet(ascii("{\"handshake\":"), reply.toString().getBytes(StandardCharsets.UTF_8), bounded);
	}

	private static String utf8(byte[] json) {
		return new String(json, StandardCharsets.UTF_8);
	}

	/** Writes how many frames this side has received. */
	static byte[] acknowledgement(long received, boolean bounded) {
		return packet(ascii("{\"ack\":"), ascii(String.valueOf(received)), bounded);
	}

	static byte[] refused(long id, byte[] error, boolean bounded) {
		return packet(ascii(((id != 0) ? "{\"id\":" + id + "," : "{") + "\"error\":"), error, bounded);
	}

	static byte[] kick(CloseReason reason, boolean bounded) {
		return kick(new Kick(reason.message(), reason.reconnect()), bounded);
	}

	/** Asks the client to resume its session on another server. */
	static byte[] moving(Duration after, boolean bounded) {
		return kick(Kick.moving(after.toMillis()), bounded);
	}

	private static byte[] kick(Kick kick, boolean bounded) {
		return packet(ascii("{\"kick\":"), kick.toJson(), bounded);
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
