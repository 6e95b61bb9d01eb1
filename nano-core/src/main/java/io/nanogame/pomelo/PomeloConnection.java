package io.nanogame.pomelo;

import java.time.Duration;

import io.nanogame.connection.BroadcastForm;
import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.ProtocolConnection;
import io.nanogame.connection.ResumableAdmission;
import io.nanogame.connection.ResumeHandshake;
import io.nanogame.connection.Resumption;
import io.nanogame.connection.Wire;
import io.nanogame.protocol.Acknowledgement;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketHandler;
import io.nanogame.protocol.Kick;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ProtocolException.Reason;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.Introduction;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of pomelo for one client. Handles handshake, ack, heartbeat and kick,
 * and passes messages on. Confined to the loop.
 *
 * The bytes of a client in the state {@link PomeloState#RELAYED} belong to the session
 * that it has resumed, whose connection has an object of this class, too.
 */
final class PomeloConnection implements ProtocolConnection, PacketHandler, ResumableAdmission {

	private final PomeloProtocol protocol;

	private final ClientConnection connection;

	private PomeloState state = PomeloState.CONNECTED;

	/** Null for a client that has received the common reply once. */
	private @Nullable RepeatableReply reply;

	private ClientInfo client = ClientInfo.UNKNOWN;

	/** Null if the client cannot resume its session. */
	private @Nullable Resumption resumption;

	/** Whether a heartbeat was received that has no reply yet. */
	private boolean acknowledges;

	PomeloConnection(PomeloProtocol protocol, ClientConnection connection) {
		this.protocol = protocol;
		this.connection = connection;
	}

	// Packets

	@Override
	public void receive(ByteBuf in) {
		if (this.state != PomeloState.RELAYED) {
			this.protocol.packets.decode(in, this);
			acknowledge();
		}
		if (this.state == PomeloState.RELAYED) {
			this.connection.relay(in);
		}
	}

	/** Replies once to all heartbeats of a read. */
	private void acknowledge() {
		if (this.acknowledges && this.resumption != null) {
			this.acknowledges = false;
			append(Acknowledgement.packet(this.resumption.receivedCount()));
		}
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
		return (type == PacketType.DATA && this.state == PomeloState.WORKING) ? PacketDecoder.MAX_BODY_LENGTH
				: this.protocol.maxHandshakeLength;
	}

	@Override
	public boolean isReady(PacketType type, ByteBuf in, int length) {
		return type != PacketType.DATA || this.protocol.messages.mayRead(this.connection.gate(), in, length);
	}

	@Override
	public boolean packet(PacketType type, ByteBuf in, int length) {
		switch (type) {
			case HANDSHAKE -> handshake(in, length);
			case HANDSHAKE_ACK -> acknowledged();
			case HEARTBEAT -> heartbeat(in, length);
			case DATA -> data(in, length);
			// A client whose session would be kept ends it in this way.
			case KICK -> this.connection.leave();
		}
		return this.state != PomeloState.RELAYED && this.connection.gate().mayReadNext();
	}

	private void handshake(ByteBuf in, int length) {
		if (this.state == PomeloState.CONNECTED) {
			introduce(ByteBufUtil.getBytes(in, in.readerIndex(), length));
		}
		else if (this.resumption != null || this.state == PomeloState.RESUMING) {
			throw new ProtocolException(Reason.BAD_HANDSHAKE);
		}
		else if (this.state == PomeloState.ACCEPTED || this.state == PomeloState.WORKING) {
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
		this.state = PomeloState.VALIDATING;
		this.connection.mayContinue(PomeloProtocol.NAME);
		Introduction introduction = new Introduction(this.client, request.userPart());
		ResumeRequest resume = request.resume();
		if (resume != null && this.connection.canResume()) {
			new ResumeHandshake(this.connection, PomeloProtocol.NAME, introduction, null, this).begin(resume);
		}
		else {
			this.connection.introduce(introduction, null, this);
		}
	}

	/** Repeats the reply, as nano does. Unlike nano, continues the session. */
	private void repeatReply() {
		if (this.reply == null) {
			this.reply = new RepeatableReply(null);
		}
		byte[] packet = this.reply.repeat(replies(), this.client);
		if (packet != null) {
			append(packet);
		}
	}

	private void acknowledged() {
		if (this.state == PomeloState.ACCEPTED) {
			this.state = PomeloState.WORKING;
			if (this.resumption == null) {
				append(Packets.HEARTBEAT);
			}
			this.connection.opened();
		}
		else if (this.state == PomeloState.RESUMING) {
			this.state = PomeloState.RELAYED;
			this.connection.takeOver();
		}
	}

	/**
	 * Heartbeats are echoed, never sent periodically: all clients of the family support
	 * that.
	 */
	private void heartbeat(ByteBuf in, int length) {
		if (this.state != PomeloState.WORKING) {
			return;
		}
		if (this.resumption != null) {
			this.resumption.acknowledged(Acknowledgement.read(in, length));
			this.acknowledges = true;
		}
		else {
			append(Packets.HEARTBEAT);
		}
	}

	private void data(ByteBuf in, int length) {
		if (this.state != PomeloState.WORKING) {
			this.connection.end(CloseReason.NO_HANDSHAKE);
		}
		else {
			this.protocol.messages.read(this.connection.gate(), this.resumption, in, length);
		}
	}

	@Override
	public void relay() {
		this.state = PomeloState.RELAYED;
	}

	@Override
	public void adopt(ProtocolConnection newer) {
		PomeloConnection other = (PomeloConnection) newer;
		this.client = other.client;
		this.reply = other.reply;
		this.resumption = other.resumption;
		this.acknowledges = false;
	}

	// Admission

	@Override
	public void accepted(byte @Nullable [] user) {
		append(replies().accepted(this.client, user, null));
		this.reply = (user != null) ? new RepeatableReply(user) : null;
		this.state = PomeloState.ACCEPTED;
	}

	@Override
	public void accepted(byte @Nullable [] user, Resumption kept, ResumeReply resume) {
		append(replies().accepted(this.client, user, resume.toJson()));
		this.resumption = kept;
		this.state = PomeloState.ACCEPTED;
	}

	@Override
	public void mayResume(ResumeReply resume, Payloads payloads) {
		append(this.protocol.replies(payloads).accepted(this.client, null, resume.toJson()));
		this.state = PomeloState.RESUMING;
	}

	@Override
	public void refused(int code, String message) {
		append(replies().refused(this.client, code, message));
	}

	@Override
	public void unavailable(Duration retry) {
		append(replies().unavailable(retry));
	}

	@Override
	public void restored(Introduction introduction, @Nullable Resumption kept) {
		this.client = introduction.client();
		this.connection.mayContinue(PomeloProtocol.NAME);
		this.resumption = kept;
		this.state = PomeloState.WORKING;
	}

	private HandshakeReplies replies() {
		return this.protocol.replies(this.connection.payloads());
	}

	private void append(byte[] packet) {
		this.connection.outbound().append(packet);
	}

	// Messages

	@Override
	public void check(OutboundMessage message) {
		MessageForm.check(message);
	}

	@Override
	public void append(Wire wire, OutboundMessage message) {
		this.protocol.form(this.client).append(wire, message, this.client);
	}

	@Override
	public byte[] encode(OutboundMessage message) {
		return this.protocol.form(this.client).encode(message, this.client);
	}

	@Override
	public BroadcastForm broadcastForm() {
		return this.protocol.form(this.client);
	}

	@Override
	public byte[] moveRequest(Duration after) {
		return Packets.packet(PacketType.KICK, Kick.moving(after.toMillis()).toJson());
	}

	@Override
	public byte @Nullable [] farewell(CloseReason reason) {
		return Packets.isKick(reason) ? Packets.kick(reason) : null;
	}

}
