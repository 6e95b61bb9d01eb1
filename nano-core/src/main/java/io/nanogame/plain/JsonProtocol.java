package io.nanogame.plain;

import java.util.EnumSet;
import java.util.Set;

import io.nanogame.connection.BroadcastForm;
import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.ProtocolConnection;
import io.nanogame.connection.ProtocolTrait;
import io.nanogame.serialize.Payloads;
import io.netty.buffer.ByteBuf;

/**
 * A JSON object a message: one text message of a WebSocket, or one line.
 *
 * <pre>
 * client: {"route": "room.join", "id": 1, "body": {...}}     without id: a notify
 * server: {"id": 1, "body": {...}}  {"id": 1, "error": {"code": 404, "msg": "..."}}
 *         {"route": "onMessage", "body": {...}}              a push
 *         {"kick": {"reason": "...", "reconnect": true}}     the last message
 * </pre>
 *
 * A client with data for the handshake validators begins with
 * <code>{"handshake": {...}}</code>, which is the user part, and receives
 * <code>{"handshake": {"code": 200, "user": ...}}</code>. Otherwise its first message
 * opens the session, and the validators see a client without user part.
 *
 * A client whose handshake has <code>"resume": {}</code> beside it can resume its
 * session. Then both sides count the messages of the session, and the client confirms:
 *
 * <pre>
 * client: {"ack": 0}           the first one confirms the reply to the handshake
 * both:   {"ack": 17}          has received 17 messages of the session
 * client: {"close": true}      ends the session
 * </pre>
 *
 * Thread-safe.
 */
public final class JsonProtocol implements Protocol {

	/** The name of this protocol. */
	public static final String NAME = "json";

	/** The same for all clients: whether a line feed follows depends on the wire. */
	final BroadcastForm broadcasts = JsonWriter::packet;

	final PacketLimits limits;

	private final Payloads payloads;

	/**
	 * Creates the protocol of one server.
	 * @param limits the maximum lengths of messages
	 * @param payloads the payloads of its sessions, see {@link Payloads#jsonText}
	 */
	public JsonProtocol(PacketLimits limits, Payloads payloads) {
		this.limits = limits;
		this.payloads = payloads;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Set<ProtocolTrait> traits() {
		return EnumSet.complementOf(EnumSet.of(ProtocolTrait.HEARTBEATS, ProtocolTrait.MESSAGES));
	}

	@Override
	public Payloads payloads() {
		return this.payloads;
	}

	@Override
	public Match detect(ByteBuf first) {
		return (first.getByte(first.readerIndex()) == '{') ? Match.YES : Match.NO;
	}

	@Override
	public ProtocolConnection open(ClientConnection connection) {
		return new JsonConnection(this, connection);
	}

}
