package io.nanogame.plain;

import io.nanogame.connection.Admission;
import io.nanogame.connection.BroadcastForm;
import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.ProtocolConnection;
import io.nanogame.connection.Wire;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ProtocolException.Reason;
import io.nanogame.protocol.UserPart;
import io.nanogame.serialize.ErrorBody;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Introduction;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * The state of one connection of the {@link JsonProtocol}. Confined to the loop.
 *
 * <pre>
 * NEW --first message--&gt; DECIDING --accepted--&gt; OPEN
 * </pre>
 */
final class JsonConnection implements ProtocolConnection, Admission {

	private static final ClientInfo CLIENT = new ClientInfo(JsonProtocol.NAME, "", "", "", "");

	private static final Introduction NO_HANDSHAKE = new Introduction(CLIENT, UserPart.NONE);

	private enum State {

		NEW, DECIDING, OPEN

	}

	private final JsonProtocol protocol;

	private final ClientConnection connection;

	private final ObjectScan scan = new ObjectScan();

	private State state = State.NEW;

	/** The id of the first message; 0 if it was a notify. */
	private long firstId;

	/** Whether the first message was a handshake, which receives a reply. */
	private boolean handshakeReceived;

	JsonConnection(JsonProtocol protocol, ClientConnection connection) {
		this.protocol = protocol;
		this.connection = connection;
	}

	@Override
	public void receive(ByteBuf in) {
		int length = this.scan.length(in, limit());
		while (length > 0) {
			JsonMessage message = JsonMessage.parse(ByteBufUtil.getBytes(in, in.readerIndex(), length));
			if (message.handshake() != null) {
				in.skipBytes(length);
				introduce(message, message.handshake());
			}
			else if (isOpen(message)) {
				in.skipBytes(length);
				received(message);
			}
			// Otherwise it stays unread until the client is accepted.
			length = this.connection.gate().mayReadNext() ? this.scan.length(in, limit()) : 0;
		}
	}

	private int limit() {
		PacketLimits limits = this.protocol.limits;
		return (this.state == State.OPEN) ? Math.min(limits.maxLength(), PacketDecoder.MAX_BODY_LENGTH)
				: limits.maxHandshakeLength();
	}

	/** Introduces the client if this is its first message. */
	private boolean isOpen(JsonMessage message) {
		if (this.state == State.NEW) {
			this.firstId = message.id();
			introduce(NO_HANDSHAKE);
		}
		return this.state == State.OPEN;
	}

	private void introduce(JsonMessage message, byte[] user) {
		if (this.state != State.NEW) {
			throw new ProtocolException(Reason.BAD_HANDSHAKE);
		}
		this.firstId = message.id();
		this.handshakeReceived = true;
		introduce(new Introduction(CLIENT, UserPart.parse(user)));
	}

	private void introduce(Introduction introduction) {
		this.state = State.DECIDING;
		this.connection.introduce(introduction, this.protocol.payloads(), this);
	}

	private void received(JsonMessage message) {
		String route = message.route();
		if (route != null
				&& this.connection.gate().admits(message.type(), message.id(), route, message.body().length)) {
			this.connection.gate().received(new Message(message.type(), message.id(), route, message.body(), false));
		}
	}

	@Override
	public void accepted(byte @Nullable [] user) {
		if (this.handshakeReceived) {
			append(JsonWriter.accepted(user, isBounded()));
		}
		this.state = State.OPEN;
		this.connection.opened();
	}

	@Override
	public void refused(int code, String message) {
		byte[] error = this.protocol.payloads().write(ErrorBody.of(code, message, false));
		append(JsonWriter.refused(this.firstId, error, isBounded()));
	}

	private void append(byte[] packet) {
		this.connection.outbound().append(packet);
	}

	private boolean isBounded() {
		return this.connection.keepsBounds();
	}

	@Override
	public void append(Wire wire, OutboundMessage message) {
		JsonWriter.append(wire, message);
	}

	@Override
	public BroadcastForm broadcastForm() {
		return isBounded() ? this.protocol.messages : this.protocol.lines;
	}

	/**
	 * Returns nothing for a client that was rejected, because the rejection was the last
	 * message.
	 */
	@Override
	public byte @Nullable [] farewell(CloseReason reason) {
		boolean silent = reason.code().equals(CloseReason.HANDSHAKE_REFUSED.code()) || reason.isByClient();
		return silent ? null : JsonWriter.kick(reason, isBounded());
	}

}
