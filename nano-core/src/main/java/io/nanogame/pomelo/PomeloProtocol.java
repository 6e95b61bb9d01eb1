package io.nanogame.pomelo;

import java.util.Collection;
import java.util.EnumSet;
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

	final HandshakeReplies replies;

	/** Broadcasts for clients that read route codes. */
	final BroadcastForm compressed;

	/** Broadcasts for other clients. */
	final BroadcastForm plain;

	/**
	 * Creates the protocol of one server.
	 * @param settings the settings of connections
	 * @param dictionary the route codes
	 * @param routes the routes of this server, which are decoded without allocation
	 * @param serializer the name of the serializer, which is sent to clients
	 * @param time the time of the server
	 * @throws io.nanogame.protocol.InvalidRouteDictionaryException when the dictionary is
	 * too large for a packet
	 */
	public PomeloProtocol(ConnectionSettings settings, RouteDictionary dictionary, Collection<String> routes,
			String serializer, TimeSource time) {
		PacketLimits limits = settings.packets();
		this.packets = new PacketDecoder(limits.maxLength());
		this.maxHandshakeLength = limits.maxHandshakeLength();
		this.decoder = new MessageDecoder(dictionary, new RouteNames(routes), limits.maxInflatedLength());
		this.encoder = new MessageEncoder(dictionary);
		this.compressed = (push) -> encode(push, true);
		this.plain = (push) -> encode(push, false);
		this.replies = new HandshakeReplies((int) settings.heartbeat().toSeconds(), serializer, dictionary, time);
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

	private byte[] encode(OutboundMessage push, boolean compressRoute) {
		byte[] packet = new byte[this.encoder.packetLength(push.type(), push.id(), push.route(), push.body(),
				compressRoute)];
		ByteBuf out = Unpooled.wrappedBuffer(packet).clear();
		this.encoder.encodePacket(out, push.type(), push.id(), push.route(), push.body(), false, compressRoute);
		return packet;
	}

}
