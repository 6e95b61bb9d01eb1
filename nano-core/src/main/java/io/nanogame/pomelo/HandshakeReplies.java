package io.nanogame.pomelo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.InvalidRouteDictionaryException;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The server's replies to handshakes, as packets. Common replies are encoded once a
 * second, because a large dictionary makes them long. The user part of a client is added
 * to a copy. Thread-safe.
 */
final class HandshakeReplies {

	/** The only code of a rejection that pitaya's clients know. */
	private static final int PITAYA_REFUSED = 400;

	private static final byte[] USER = ",\"user\":".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] RESUME = ",\"resume\":".getBytes(StandardCharsets.US_ASCII);

	private final int heartbeatSeconds;

	private final String serializer;

	private final RouteDictionary dictionary;

	private final TimeSource time;

	private volatile Common common;

	/**
	 * Creates the replies of one server for sessions with one serializer.
	 * @throws InvalidRouteDictionaryException when the dictionary is too large for a
	 * packet
	 */
	HandshakeReplies(int heartbeatSeconds, String serializer, RouteDictionary dictionary, TimeSource time) {
		this.heartbeatSeconds = heartbeatSeconds;
		this.serializer = serializer;
		this.dictionary = dictionary;
		this.time = time;
		try {
			this.common = common(second());
		}
		catch (ProtocolException ex) {
			throw InvalidRouteDictionaryException.tooLarge(dictionary);
		}
	}

	private long second() {
		return this.time.currentTimeMillis() / 1000;
	}

	/** Returns the time of the server. */
	long nanoTime() {
		return this.time.nanoTime();
	}

	long heartbeatNanos() {
		return TimeUnit.SECONDS.toNanos(this.heartbeatSeconds);
	}

	/**
	 * Returns the reply to an accepted client.
	 * @param user the data of the validators for the client, as JSON, or null
	 * @param resume the field {@code sys.resume}, as JSON, or null
	 * @return a packet, not to be changed
	 */
	byte[] accepted(ClientInfo client, byte @Nullable [] user, byte @Nullable [] resume) {
		long now = second();
		Common current = this.common;
		if (current.second != now) {
			current = common(now);
			this.common = current;
		}
		byte[] packet = client.pitaya() ? current.pitaya : current.others;
		if (resume != null) {
			packet = with(packet, RESUME, resume, 2);
		}
		return (user != null) ? with(packet, USER, user, 1) : packet;
	}

	private Common common(long now) {
		return new Common(now, packet(now, PITAYA), packet(now, ClientInfo.UNKNOWN));
	}

	/** Inserts a field before a number of closing braces. */
	private static byte[] with(byte[] packet, byte[] name, byte[] value, int braces) {
		int before = packet.length - PacketDecoder.HEADER_LENGTH - braces;
		byte[] body = new byte[before + name.length + value.length + braces];
		System.arraycopy(packet, PacketDecoder.HEADER_LENGTH, body, 0, before);
		System.arraycopy(name, 0, body, before, name.length);
		System.arraycopy(value, 0, body, before + name.length, value.length);
		Arrays.fill(body, body.length - braces, body.length, (byte) '}');
		return Packets.packet(PacketType.HANDSHAKE, body);
	}

	byte[] refused(ClientInfo client, int code, String message) {
		int sent = (client.pitaya() && code == HandshakeRefusedException.REFUSED) ? PITAYA_REFUSED : code;
		return Packets.packet(PacketType.HANDSHAKE, HandshakeResponse.refused(sent, message).toJson(client));
	}

	/** Returns the reply to a client that should try again later. */
	byte[] unavailable(Duration retry) {
		return Packets.packet(PacketType.HANDSHAKE, ResumeReply.unavailable(retry));
	}

	private byte[] packet(long now, ClientInfo client) {
		HandshakeResponse response = HandshakeResponse.accepted(this.heartbeatSeconds, now, this.serializer,
				this.dictionary, null);
		return Packets.packet(PacketType.HANDSHAKE, response.toJson(client));
	}

	private static final ClientInfo PITAYA = new ClientInfo("", "", "pitaya", "pitaya", "");

	private record Common(long second, byte[] pitaya, byte[] others) {
	}

}
