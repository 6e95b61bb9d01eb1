package io.nanogame.pomelo;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.nanogame.connection.BroadcastForm;
import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.ConnectionSettings;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.ProtocolConnection;
import io.nanogame.connection.ProtocolTrait;
import io.nanogame.protocol.MessageDecoder;
import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.protocol.RouteNames;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.OutboundMessage;
import io.nanogame.time.TimeSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

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

	final MessageDecoder decoder;

	final MessageEncoder encoder;

	/** The replies to handshakes, by the name of the serializer. */
	private final Map<String, HandshakeReplies> replies = new HashMap<>();

	/** Broadcasts for clients that read route codes. */
	final BroadcastForm compressed;

	/** Broadcasts for other clients. */
	final BroadcastForm plain;

	/**
	 * Creates the protocol of one server.
	 * @param settings the settings of connections
	 * @param dictionary the route codes
	 * @param routes the routes of this server, which are decoded without allocation
	 * @param serializers the names of the serializers that sessions may have, which are
	 * sent to clients
	 * @param time the time of the server
	 * @throws io.nanogame.protocol.InvalidRouteDictionaryException when the dictionary is
	 * too large for a packet
	 */
	public PomeloProtocol(ConnectionSettings settings, RouteDictionary dictionary, Collection<String> routes,
			Collection<String> serializers, TimeSource time) {
		PacketLimits limits = settings.packets();
		this.packets = new PacketDecoder(Math.min(limits.maxLength(), PacketDecoder.MAX_BODY_LENGTH));
		this.maxHandshakeLength = limits.maxHandshakeLength();
		this.decoder = new MessageDecoder(dictionary, new RouteNames(routes), limits.maxInflatedLength());
		this.encoder = new MessageEncoder(dictionary);
		this.compressed = (push) -> encode(push, true);
		this.plain = (push) -> encode(push, false);
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

	/** Returns the answers for sessions with these payloads. */
	HandshakeReplies replies(Payloads payloads) {
		return Objects.requireNonNull(this.replies.get(payloads.serializer().name()));
	}

	private byte[] encode(OutboundMessage push, boolean compressRoute) {
		byte[] packet = new byte[this.encoder.packetLength(push.type(), push.id(), push.route(), push.body(),
				compressRoute)];
		ByteBuf out = Unpooled.wrappedBuffer(packet).clear();
		this.encoder.encodePacket(out, push.type(), push.id(), push.route(), push.body(), false, compressRoute);
		return packet;
	}

}
