package io.nanogame.pomelo;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.CompressionSettings;
import io.nanogame.connection.CompressionSettings.Method;
import io.nanogame.connection.ConnectionSettings;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.ProtocolConnection;
import io.nanogame.connection.ProtocolTrait;
import io.nanogame.protocol.BodyDeflater;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.MessageDecoder;
import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.protocol.RouteNames;
import io.nanogame.serialize.Payloads;
import io.nanogame.time.TimeSource;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of pomelo, nano and pitaya: packets, a handshake, and messages whose
 * routes may be codes. Thread-safe.
 */
public final class PomeloProtocol implements Protocol {

	/** The name of this protocol. */
	public static final String NAME = "pomelo";

	final PacketDecoder packets;

	/** The maximum length of a handshake, in bytes. */
	final int maxHandshakeLength;

	final MessageReader messages;

	/** The replies to handshakes, by the name of the serializer. */
	private final Map<String, HandshakeReplies> replies = new HashMap<>();

	private final String codec;

	/** For clients that read route codes. */
	private final MessageForm codes;

	/** For clients that read neither route codes nor compressed bodies. */
	private final MessageForm plain;

	/**
	 * For clients that read route codes and compressed bodies; null if these are not
	 * sent.
	 */
	private final @Nullable MessageForm compressedCodes;

	/** For clients that read compressed bodies; null if these are not sent. */
	private final @Nullable MessageForm compressed;

	/**
	 * Creates the protocol of one server.
	 * @param settings the settings of connections
	 * @param compression the compression of bodies
	 * @param dictionary the route codes
	 * @param routes the routes of this server, which are decoded without allocation
	 * @param serializers the names of the serializers that sessions may have, which are
	 * sent to clients
	 * @param time the time of the server
	 * @throws io.nanogame.protocol.InvalidRouteDictionaryException when the dictionary is
	 * too large for a packet
	 */
	public PomeloProtocol(ConnectionSettings settings, CompressionSettings compression, RouteDictionary dictionary,
			Collection<String> routes, Collection<String> serializers, TimeSource time) {
		PacketLimits limits = settings.packets();
		this.packets = new PacketDecoder(Math.min(limits.maxLength(), PacketDecoder.MAX_BODY_LENGTH));
		this.maxHandshakeLength = limits.maxHandshakeLength();
		this.messages = new MessageReader(
				new MessageDecoder(dictionary, new RouteNames(routes), limits.maxInflatedLength()));
		MessageEncoder encoder = new MessageEncoder(dictionary);
		BodyDeflater deflater = compression.uses(Method.POMELO) ? new BodyDeflater(compression.threshold()) : null;
		this.codec = dictionary.version();
		this.codes = new MessageForm(encoder, true, null);
		this.plain = new MessageForm(encoder, false, null);
		this.compressedCodes = (deflater != null) ? new MessageForm(encoder, true, deflater) : null;
		this.compressed = (deflater != null) ? new MessageForm(encoder, false, deflater) : null;
		int heartbeat = (int) settings.heartbeat().toSeconds();
		serializers.forEach((name) -> this.replies.put(name, new HandshakeReplies(heartbeat, name, dictionary, time)));
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Set<ProtocolTrait> traits() {
		return EnumSet.complementOf(EnumSet.of(ProtocolTrait.TEXT, ProtocolTrait.MESSAGES));
	}

	/** Detects the packet type in the first byte. */
	@Override
	public Match detect(ByteBuf first) {
		int type = first.getUnsignedByte(first.readerIndex());
		return (type >= 1 && type <= PacketType.values().length) ? Match.YES : Match.NO;
	}

	@Override
	public ProtocolConnection open(ClientConnection connection) {
		return new PomeloConnection(this, connection);
	}

	/** The route codes, which the client has received in its first handshake. */
	@Override
	public String codec() {
		return this.codec;
	}

	/** Returns the answers for sessions with these payloads. */
	HandshakeReplies replies(Payloads payloads) {
		return Objects.requireNonNull(this.replies.get(payloads.serializer().name()));
	}

	/** Returns the encoding of messages for a client. */
	MessageForm form(ClientInfo client) {
		boolean readsCodes = client.readsRouteCodes();
		MessageForm smaller = readsCodes ? this.compressedCodes : this.compressed;
		if (smaller != null && client.readsCompressedBodies()) {
			return smaller;
		}
		return readsCodes ? this.codes : this.plain;
	}

}
