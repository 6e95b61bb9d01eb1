package io.nanogame.lengthid;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.nanogame.connection.BroadcastForm;
import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.ProtocolConnection;
import io.nanogame.connection.ProtocolTrait;
import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Packets of a length, a numeric id and a body.
 *
 * <pre>
 * 03 00 00 00 | 07 00 00 00 | 1 2 3      length 3, id 7, body
 * </pre>
 *
 * A packet with the id of a handler is a request, and its reply has the same id. Replies
 * are sent in the order of the requests. A handler that declares no result sends none.
 * The first packet opens the session: there is no handshake. Thread-safe.
 */
public final class LengthIdProtocol implements Protocol {

	/** The name of this protocol. */
	public static final String NAME = "length-id";

	/** The same packet for all clients. */
	final BroadcastForm broadcasts = this::packet;

	final LengthIdFormat format;

	final MessageIds ids;

	/** The maximum length of a body, in bytes. */
	final int maxBodyLength;

	private final Map<String, LengthIdProtocol> ofListeners;

	/**
	 * Creates the protocol of all listeners, or of one of them.
	 * @param format the header of packets
	 * @param ids the ids of handlers and pushes
	 * @param limits the maximum length of a body
	 */
	public LengthIdProtocol(LengthIdFormat format, MessageIds ids, PacketLimits limits) {
		this(format, ids, (int) Math.min(limits.maxLength(), format.maxBodyLength()), Map.of());
	}

	private LengthIdProtocol(LengthIdFormat format, MessageIds ids, int maxBodyLength,
			Map<String, LengthIdProtocol> ofListeners) {
		this.format = format;
		this.ids = ids;
		this.maxBodyLength = maxBodyLength;
		this.ofListeners = Map.copyOf(ofListeners);
	}

	/**
	 * Returns this protocol with other ids and headers on some listeners.
	 * @param listeners the protocols of these listeners, by the name of the listener
	 * @return a new protocol
	 */
	public LengthIdProtocol with(Map<String, LengthIdProtocol> listeners) {
		return new LengthIdProtocol(this.format, this.ids, this.maxBodyLength, listeners);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Protocol forListener(String listener) {
		return this.ofListeners.getOrDefault(listener, this);
	}

	/** Returns whether errors have an id, which the last message has, too. */
	@Override
	public Set<ProtocolTrait> traits() {
		EnumSet<ProtocolTrait> traits = EnumSet.of(ProtocolTrait.REQUESTS, ProtocolTrait.PUSHES);
		if (this.ids.errorId() != null) {
			traits.add(ProtocolTrait.FAREWELL);
		}
		return traits;
	}

	/** Never called, because the first byte of a packet can be any. */
	@Override
	public Match detect(ByteBuf first) {
		return Match.NO;
	}

	@Override
	public boolean isDetectable() {
		return false;
	}

	@Override
	public ProtocolConnection open(ClientConnection connection) {
		return new LengthIdConnection(this, connection);
	}

	/**
	 * Returns the id of a push that fits.
	 * @throws SerializationException when it has no id or is too long
	 */
	long idOf(OutboundMessage push) {
		long id = this.ids.id(push.route());
		if (isTooLong(push.body())) {
			throw new SerializationException("The payload for %s has %d bytes, more than the %d of a packet"
				.formatted(push.route(), push.body().length, this.format.maxBodyLength()), null);
		}
		return id;
	}

	boolean isTooLong(byte[] body) {
		return body.length > this.format.maxBodyLength();
	}

	private byte[] packet(OutboundMessage push) {
		return packet(idOf(push), push.body());
	}

	byte[] packet(long id, byte[] body) {
		byte[] packet = new byte[this.format.headerLength() + body.length];
		this.format.write(Unpooled.wrappedBuffer(packet).clear(), id, body);
		return packet;
	}

}
