package io.nanogame.pomelo;

import io.nanogame.connection.Admission;
import io.nanogame.connection.BroadcastForm;
import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.ProtocolConnection;
import io.nanogame.connection.Wire;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageDecoder;
import io.nanogame.protocol.MessageHead;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketHandler;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.Introduction;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state machine of pomelo for one client. Handles handshake, ack, heartbeat and kick,
 * and passes messages on. Confined to the loop.
 *
 * <pre>
 * CONNECTED --handshake--&gt; VALIDATING --accepted--&gt; ACCEPTED --ack--&gt; WORKING
 * </pre>
 */
final class PomeloConnection implements ProtocolConnection, PacketHandler, Admission {

	private static final Logger log = LoggerFactory.getLogger(PomeloConnection.class);

	private enum State {

		CONNECTED, VALIDATING, ACCEPTED, WORKING

	}

	private final PomeloProtocol protocol;

	private final ClientConnection connection;

	private State state = State.CONNECTED;

	/** Null for a client that has received the common reply once. */
	private @Nullable RepeatableReply reply;

	private ClientInfo client = ClientInfo.UNKNOWN;

	PomeloConnection(PomeloProtocol protocol, ClientConnection connection) {
		this.protocol = protocol;
		this.connection = connection;
	}

	// Packets

	@Override
	public void receive(ByteBuf in) {
		this.protocol.packets.decode(in, this);
	}

	@Override
	public int announcedLength(ByteBuf rest) {
		return Math.max(0, PacketDecoder.announcedLength(rest));
	}

	@Override
	public boolean sendsHeartbeats() {
		return true;
	}

	@Override
	public int maxLength(PacketType type) {
		return (type == PacketType.DATA && this.state == State.WORKING) ? PacketDecoder.MAX_BODY_LENGTH
				: this.protocol.maxHandshakeLength;
	}

	@Override
	public boolean isReady(PacketType type, ByteBuf in, int length) {
		boolean inflates = type == PacketType.DATA && this.protocol.decoder.maxInflatedLength() > 0
				&& MessageDecoder.isCompressed(in, length);
		return !inflates || this.connection.gate().mayInflate();
	}

	@Override
	public boolean packet(PacketType type, ByteBuf in, int length) {
		switch (type) {
			case HANDSHAKE -> handshake(in, length);
			case HANDSHAKE_ACK -> acknowledged();
			case HEARTBEAT -> heartbeat();
			case DATA -> data(in, length);
			case KICK -> log.trace("A client sent a kick; ignored: {}", this.connection);
		}
		return this.connection.gate().mayReadNext();
	}

	private void handshake(ByteBuf in, int length) {
		if (this.state == State.CONNECTED) {
			introduce(ByteBufUtil.getBytes(in, in.readerIndex(), length));
		}
		else if (this.state == State.ACCEPTED || this.state == State.WORKING) {
			repeatReply();
		}
	}

	private void introduce(byte[] body) {
		HandshakeRequest request;
		try {
			request = HandshakeRequest.parse(body);
		}
		catch (ProtocolException ex) {
			refused(HandshakeRefusedException.REFUSED, ex.getMessage());
			this.connection.end(CloseReason.HANDSHAKE_REFUSED.withMessage(ex.getMessage()));
			return;
		}
		this.client = request.client();
		this.state = State.VALIDATING;
		this.connection.introduce(new Introduction(this.client, request.userPart()), null, this);
	}

	/** Repeats the reply, as nano does. Unlike nano, continues the session. */
	private void repeatReply() {
		if (this.reply == null) {
			this.reply = new RepeatableReply(null);
		}
		HandshakeReplies replies = replies();
		if (this.reply.mayRepeat(replies.nanoTime(), replies.heartbeatNanos())) {
			append(replies.accepted(this.client, this.reply.user()));
		}
	}

	private void acknowledged() {
		if (this.state == State.ACCEPTED) {
			this.state = State.WORKING;
			append(Packets.HEARTBEAT);
			this.connection.opened();
		}
	}

	/**
	 * Heartbeats are echoed, never sent periodically: all clients of the family support
	 * that.
	 */
	private void heartbeat() {
		if (this.state == State.WORKING) {
			append(Packets.HEARTBEAT);
		}
	}

	private void data(ByteBuf in, int length) {
		if (this.state != State.WORKING) {
			this.connection.end(CloseReason.NO_HANDSHAKE);
			return;
		}
		MessageHead head = this.protocol.decoder.head(in, length);
		if (this.connection.gate().admits(head.type(), head.id(), head.route(), head.packedLength())) {
			this.connection.gate().received(message(head, in));
		}
	}

	private Message message(MessageHead head, ByteBuf in) {
		if (!head.compressed()) {
			return this.protocol.decoder.message(head, in);
		}
		// A body that is too long has been inflated up to the limit, too.
		int inflated = this.protocol.decoder.maxInflatedLength();
		try {
			Message message = this.protocol.decoder.message(head, in);
			// Many blocks may become few bytes.
			inflated = Math.max(message.body().length, head.packedLength());
			return message;
		}
		finally {
			this.connection.gate().inflated(inflated);
		}
	}

	// Admission

	@Override
	public void accepted(byte @Nullable [] user) {
		append(replies().accepted(this.client, user));
		this.reply = (user != null) ? new RepeatableReply(user) : null;
		this.state = State.ACCEPTED;
	}

	@Override
	public void refused(int code, String message) {
		append(replies().refused(this.client, code, message));
	}

	private HandshakeReplies replies() {
		return this.protocol.replies(this.connection.payloads());
	}

	private void append(byte[] packet) {
		this.connection.outbound().append(packet);
	}

	// Messages

	/** The payloads of a server may be longer, because other protocols allow it. */
	@Override
	public void check(OutboundMessage message) {
		if (message.body().length > Payloads.DEFAULT_MAX_LENGTH) {
			throw new SerializationException("The payload for %s has %d bytes, more than a packet takes"
				.formatted(message.route(), message.body().length), null);
		}
	}

	@Override
	public void append(Wire wire, OutboundMessage message) {
		this.protocol.form(this.client).append(wire, message, message.isError() && this.client.readsErrorMark());
	}

	@Override
	public BroadcastForm broadcastForm() {
		return this.protocol.form(this.client);
	}

	@Override
	public byte @Nullable [] farewell(CloseReason reason) {
		return Packets.isKick(reason) ? Packets.kick(reason) : null;
	}

}
