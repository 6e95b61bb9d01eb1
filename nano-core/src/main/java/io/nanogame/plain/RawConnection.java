package io.nanogame.plain;

import java.util.Map;

import io.nanogame.connection.Admission;
import io.nanogame.connection.BroadcastForm;
import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.InboundMessages;
import io.nanogame.connection.ProtocolConnection;
import io.nanogame.connection.Wire;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.UserPart;
import io.nanogame.serialize.ErrorBody;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Introduction;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * The state of one connection of the {@link RawProtocol}. Confined to the loop.
 */
final class RawConnection implements ProtocolConnection, Admission {

	private static final Introduction NO_HANDSHAKE = new Introduction(new ClientInfo(RawProtocol.NAME, "", "", "", ""),
			UserPart.NONE);

	private static final int TOO_MANY_REQUESTS = 429;

	private final RawProtocol protocol;

	private final ClientConnection connection;

	private final InboundMessages messages;

	private boolean introduced;

	/** The id of the last message. Ids are not sent, but each reply needs one. */
	private long lastId;

	RawConnection(RawProtocol protocol, ClientConnection connection) {
		this.protocol = protocol;
		this.connection = connection;
		this.messages = connection.receiveMessages();
	}

	/** Introduces the client. It has no data except its address and the query. */
	@Override
	public void connected() {
		if (!this.introduced) {
			this.introduced = true;
			this.connection.introduce(NO_HANDSHAKE, this.protocol.payloads(), this);
		}
	}

	@Override
	public void receive(ByteBuf in) {
		connected();
		while (this.connection.gate().mayReadNext()) {
			if (this.messages.length() > this.protocol.limits.maxLength()) {
				this.connection.end(CloseReason.MESSAGE_TOO_LARGE);
			}
			else if (this.messages.hasNext()) {
				message(in, (int) this.messages.length(), this.messages.isText());
			}
			else {
				return;
			}
		}
	}

	private void message(ByteBuf in, int length, boolean text) {
		this.messages.remove();
		String route = this.protocol.route;
		long id = ++this.lastId;
		if (!this.connection.gate().admits(MessageType.REQUEST, id, route, length)) {
			in.skipBytes(length);
			return;
		}
		byte[] body = ByteBufUtil.getBytes(in, in.readerIndex(), length);
		in.skipBytes(length);
		this.connection.gate()
			.received(Message.request(id, route, body), text ? MessageReceiver.SENT_AS_TEXT : Map.of());
	}

	@Override
	public int announcedLength(ByteBuf rest) {
		return (int) Math.min(this.messages.length(), this.protocol.limits.maxLength());
	}

	@Override
	public boolean sendsHeartbeats() {
		return false;
	}

	@Override
	public void accepted(byte @Nullable [] user) {
		this.connection.opened();
	}

	/** The close frame has the message. */
	@Override
	public void refused(int code, String message) {
	}

	@Override
	public void append(Wire wire, OutboundMessage message) {
		if (message.isError()) {
			fail(message.value());
		}
		else if (message.value() != RawMessages.NONE) {
			byte[] body = message.body();
			wire.sendText(this.protocol.messages.isText(message.value()));
			// Copied now, because the handler may use its array for the next reply.
			wire.append(body.length).writeBytes(body);
		}
	}

	@Override
	public void append(Wire wire, OutboundMessage push, byte[] packet) {
		wire.sendText(this.protocol.messages.isText(push.value()));
		wire.append(packet);
	}

	/**
	 * Ends the connection. If the server stops, it ends the connection itself after the
	 * last reply.
	 */
	private void fail(Object value) {
		CloseReason reason = CloseReason.MESSAGE_FAILED;
		if (value instanceof ErrorBody error) {
			if (error.msg().equals(CloseReason.SHUTDOWN.message())) {
				return;
			}
			reason = error.code().equals(TOO_MANY_REQUESTS) ? CloseReason.TOO_MANY_REQUESTS
					: reason.withMessage(error.code() + " " + error.msg());
		}
		this.connection.end(reason);
	}

	@Override
	public BroadcastForm broadcastForm() {
		return RawProtocol.BODY;
	}

	/** The close frame has the reason. */
	@Override
	public byte @Nullable [] farewell(CloseReason reason) {
		return null;
	}

}
