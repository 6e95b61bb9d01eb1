package io.nanogame.lengthid;

import io.nanogame.connection.Admission;
import io.nanogame.connection.BroadcastForm;
import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.ProtocolConnection;
import io.nanogame.connection.Wire;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.LengthIdDecoder;
import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ProtocolException.Reason;
import io.nanogame.protocol.UserPart;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Introduction;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of one connection of the {@link LengthIdProtocol}. Confined to the loop,
 * except for {@link #check}.
 *
 * <pre>
 * NEW --first header--&gt; DECIDING --accepted--&gt; OPEN
 * </pre>
 */
final class LengthIdConnection implements ProtocolConnection, Admission {

	private static final Logger log = LoggerFactory.getLogger(LengthIdConnection.class);

	private static final Introduction NO_HANDSHAKE = new Introduction(
			new ClientInfo(LengthIdProtocol.NAME, "", "", "", ""), UserPart.NONE);

	private static final byte[] EMPTY = {};

	private enum State {

		NEW, DECIDING, OPEN

	}

	private final LengthIdProtocol protocol;

	private final ClientConnection connection;

	private final LengthIdDecoder packets;

	private final ErrorPackets errors;

	private final ReplyOrder order = new ReplyOrder(this::reply);

	private State state = State.NEW;

	/** The wire to which messages are being appended; null at other times. */
	private @Nullable Wire appending;

	/** Whether a request has failed and there is no id for its error. */
	private boolean failed;

	LengthIdConnection(LengthIdProtocol protocol, ClientConnection connection) {
		this.protocol = protocol;
		this.connection = connection;
		this.packets = new LengthIdDecoder(protocol.format, protocol.maxBodyLength);
		this.errors = new ErrorPackets(protocol, connection);
	}

	// Packets

	@Override
	public void receive(ByteBuf in) {
		while (isAccepted(in) && this.packets.read(in)) {
			received(this.packets.id(), this.packets.takeBody());
			if (!this.connection.gate().mayReadNext()) {
				return;
			}
		}
	}

	/** Introduces the client when its first header is complete and valid. */
	private boolean isAccepted(ByteBuf in) {
		if (this.state == State.NEW && this.packets.announcedLength(in) > 0) {
			this.state = State.DECIDING;
			this.connection.introduce(NO_HANDSHAKE, null, this);
			return this.connection.gate().mayReadNext() && this.state == State.OPEN;
		}
		return this.state == State.OPEN;
	}

	/**
	 * Passes on a request. One with an unknown id fails in its turn, as one to an unknown
	 * route.
	 */
	private void received(long id, byte[] body) {
		String known = this.protocol.ids.route(id);
		if (known == null && this.protocol.ids.errorId() == null) {
			throw new ProtocolException(Reason.UNKNOWN_ID);
		}
		String route = (known != null) ? known : "id " + id;
		long number = this.order.add();
		if (this.connection.gate().admits(MessageType.REQUEST, number, route, body.length)) {
			this.connection.gate().received(new Message(MessageType.REQUEST, number, route, body, false));
		}
		else {
			// After the error, if there is one.
			this.connection.outbound().enqueue(() -> skip(number));
		}
	}

	private void skip(long number) {
		boolean full = this.order.isFull();
		this.order.skip(number);
		resume(full);
	}

	private void resume(boolean wasFull) {
		if (wasFull && !this.order.isFull()) {
			this.connection.resume();
		}
	}

	@Override
	public int announcedLength(ByteBuf rest) {
		return this.packets.announcedLength(rest);
	}

	@Override
	public int consumed() {
		return this.packets.consumed();
	}

	@Override
	public boolean isReplyQueueFull() {
		return this.order.isFull();
	}

	// Admission

	@Override
	public void accepted(byte @Nullable [] user) {
		this.state = State.OPEN;
		this.connection.opened();
	}

	@Override
	public void refused(int code, String message) {
		byte[] error = this.errors.packet(code, message);
		if (error != null) {
			this.connection.outbound().append(error);
		}
	}

	// Messages

	@Override
	public void check(OutboundMessage message) {
		if (message.type() == MessageType.PUSH) {
			this.protocol.idOf(message);
		}
	}

	@Override
	public void append(Wire wire, OutboundMessage message) {
		boolean full = this.order.isFull();
		this.appending = wire;
		try {
			if (message.type() == MessageType.PUSH) {
				append(this.protocol.idOf(message), message.body());
			}
			else {
				this.order.reply(message);
			}
		}
		finally {
			this.appending = null;
		}
		resume(full);
	}

	private void append(long id, byte[] body) {
		Wire wire = this.appending;
		if (this.failed) {
			return;
		}
		if (wire == null) {
			this.connection.outbound().append(this.protocol.packet(id, body));
			return;
		}
		LengthIdFormat format = this.protocol.format;
		format.write(wire.append(format.headerLength() + body.length), id, body);
	}

	/** Sends a reply in its turn. */
	private void reply(OutboundMessage reply) {
		if (reply.isError()) {
			fail(this.errors.body(reply));
		}
		else if (this.protocol.isTooLong(reply.body())) {
			log.error("The reply of {} has {} bytes, more than a packet takes", reply.route(), reply.body().length);
			fail(this.errors.internalError());
		}
		else {
			succeed(reply);
		}
	}

	private void fail(byte[] error) {
		Long errorId = this.protocol.ids.errorId();
		if (errorId != null) {
			append(errorId, error);
		}
		else if (!this.failed) {
			this.failed = true;
			CloseReason reason = CloseReason.CLOSED.withMessage("a request failed");
			this.connection.outbound().enqueue(() -> this.connection.end(reason));
		}
	}

	private void succeed(OutboundMessage reply) {
		boolean empty = reply.value() == this.connection.payloads().empty();
		if (!empty || !this.protocol.ids.isSilent(reply.route())) {
			append(this.protocol.ids.id(reply.route()), empty ? EMPTY : reply.body());
		}
	}

	@Override
	public BroadcastForm broadcastForm() {
		return this.protocol.broadcasts;
	}

	@Override
	public byte @Nullable [] farewell(CloseReason reason) {
		return this.errors.farewell(reason);
	}

	@Override
	public void ended() {
		this.packets.release();
	}

}
