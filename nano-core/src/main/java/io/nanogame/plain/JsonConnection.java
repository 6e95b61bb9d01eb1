package io.nanogame.plain;

import java.time.Duration;

import io.nanogame.connection.BroadcastForm;
import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.ProtocolConnection;
import io.nanogame.connection.ReadGate;
import io.nanogame.connection.ResumableAdmission;
import io.nanogame.connection.ResumeHandshake;
import io.nanogame.connection.Resumption;
import io.nanogame.connection.Wire;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ProtocolException.Reason;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.protocol.UserPart;
import io.nanogame.serialize.ErrorBody;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Introduction;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * The state of one connection of the {@link JsonProtocol}. Confined to the loop.
 *
 * The bytes of a client in the state {@link JsonState#RELAYED} belong to the session that
 * it has resumed, whose connection has an object of this class, too.
 */
final class JsonConnection implements ProtocolConnection, ResumableAdmission {

	private static final ClientInfo CLIENT = new ClientInfo(JsonProtocol.NAME, "", "", "", "");

	private static final Introduction NO_HANDSHAKE = new Introduction(CLIENT, UserPart.NONE);

	private final JsonProtocol protocol;

	private final ClientConnection connection;

	private final ObjectScan scan = new ObjectScan();

	private JsonState state = JsonState.NEW;

	/** The id of the first message; 0 if it was a notify. */
	private long firstId;

	/** Whether the first message was a handshake, which receives a reply. */
	private boolean handshakeReceived;

	/** The number of frames that the client has received before it resumes. */
	private long receivedBefore;

	/** Null if the client cannot resume its session. */
	private @Nullable Resumption resumption;

	/** Whether an acknowledgement was received that has no reply yet. */
	private boolean acknowledges;

	JsonConnection(JsonProtocol protocol, ClientConnection connection) {
		this.protocol = protocol;
		this.connection = connection;
	}

	// Input

	@Override
	public void receive(ByteBuf in) {
		if (this.state != JsonState.RELAYED) {
			read(in);
			acknowledge();
		}
		if (this.state == JsonState.RELAYED) {
			this.connection.relay(in);
		}
	}

	private void read(ByteBuf in) {
		int length = this.scan.length(in, limit());
		while (length > 0) {
			JsonMessage message = JsonMessage.parse(ByteBufUtil.getBytes(in, in.readerIndex(), length));
			// Otherwise it stays unread until the client is accepted, or may send more.
			boolean ready = isReady(message);
			if (ready) {
				in.skipBytes(length);
				handle(message);
			}
			boolean more = this.state != JsonState.RELAYED && this.connection.gate().mayReadNext();
			length = (ready && more) ? this.scan.length(in, limit()) : 0;
		}
	}

	private int limit() {
		PacketLimits limits = this.protocol.limits;
		return (this.state == JsonState.OPEN) ? Math.min(limits.maxLength(), PacketDecoder.MAX_BODY_LENGTH)
				: limits.maxHandshakeLength();
	}

	/** Replies once to all acknowledgements of a read. */
	private void acknowledge() {
		if (this.acknowledges && this.resumption != null && !this.connection.isEnding()) {
			this.acknowledges = false;
			append(JsonWriter.acknowledgement(this.resumption.receivedCount(), this.connection.keepsBounds()));
		}
	}

	@Override
	public void wireReplaced() {
		this.scan.reset();
	}

	/** Introduces the client if this is its first message. */
	private boolean isReady(JsonMessage message) {
		if (!message.isNumbered()) {
			return true;
		}
		if (this.state == JsonState.NEW) {
			this.firstId = message.id();
			introduce(NO_HANDSHAKE);
		}
		return (this.state == JsonState.OPEN) ? this.connection.gate().rates().mayRead()
				: this.state != JsonState.DECIDING;
	}

	private void handle(JsonMessage message) {
		if (message.handshake() != null) {
			handshake(message, message.handshake());
		}
		else if (message.route() != null) {
			received(message, message.route());
		}
		else if (message.acknowledged() != null && this.state == JsonState.RESUMING) {
			confirmed(message.acknowledged());
		}
		else if (message.acknowledged() != null && this.resumption != null) {
			acknowledged(this.resumption, message.acknowledged());
		}
		else if (message.leaves() && this.resumption != null) {
			this.connection.leave();
		}
		else {
			throw new ProtocolException(Reason.BAD_ROUTE);
		}
	}

	private void received(JsonMessage message, String route) {
		if (this.state != JsonState.OPEN) {
			this.connection.end(CloseReason.NO_HANDSHAKE);
			return;
		}
		if (this.resumption != null) {
			this.resumption.received();
		}
		ReadGate gate = this.connection.gate();
		if (gate.admits(message.type(), message.id(), route, message.body().length)) {
			gate.received(new Message(message.type(), message.id(), route, message.body(), false));
		}
	}

	/** The client has received the reply that it may resume. */
	private void confirmed(long count) {
		if (count != this.receivedBefore) {
			throw new ProtocolException(Reason.BAD_ACKNOWLEDGEMENT);
		}
		this.state = JsonState.RELAYED;
		this.connection.takeOver();
	}

	/** The first one confirms the reply to the handshake, and has no reply itself. */
	private void acknowledged(Resumption kept, long count) {
		kept.acknowledged(count);
		if (this.state == JsonState.ACCEPTED) {
			this.state = JsonState.OPEN;
			this.connection.opened();
		}
		else {
			this.acknowledges = true;
		}
	}

	private void append(byte[] frame) {
		this.connection.outbound().append(frame);
	}

	// The handshake

	private void handshake(JsonMessage message, byte[] user) {
		if (this.state != JsonState.NEW) {
			throw new ProtocolException(Reason.BAD_HANDSHAKE);
		}
		this.firstId = message.id();
		this.handshakeReceived = true;
		Introduction introduction = new Introduction(CLIENT, UserPart.parse(user));
		if (message.resume() == null || !this.connection.canResume()) {
			introduce(introduction);
			return;
		}
		ResumeRequest request = ResumeRequest.parse(message.resume());
		this.receivedBefore = request.received();
		this.state = JsonState.DECIDING;
		new ResumeHandshake(this.connection, JsonProtocol.NAME, introduction, this.protocol.payloads(), this)
			.begin(request);
	}

	private void introduce(Introduction introduction) {
		this.state = JsonState.DECIDING;
		this.connection.introduce(introduction, this.protocol.payloads(), this);
	}

	@Override
	public void accepted(byte @Nullable [] user) {
		if (this.handshakeReceived) {
			append(JsonWriter.accepted(user, null, this.connection.keepsBounds()));
		}
		this.state = JsonState.OPEN;
		this.connection.opened();
	}

	@Override
	public void accepted(byte @Nullable [] user, Resumption kept, ResumeReply resume) {
		append(JsonWriter.accepted(user, resume, this.connection.keepsBounds()));
		this.resumption = kept;
		this.state = JsonState.ACCEPTED;
	}

	@Override
	public void mayResume(ResumeReply resume, Payloads payloads) {
		append(JsonWriter.accepted(null, resume, this.connection.keepsBounds()));
		this.state = JsonState.RESUMING;
	}

	@Override
	public void refused(int code, String message) {
		byte[] error = this.protocol.payloads().write(ErrorBody.of(code, message, false));
		append(JsonWriter.refused(this.firstId, error, this.connection.keepsBounds()));
	}

	@Override
	public void unavailable(Duration retry) {
		append(JsonWriter.refused(this.firstId, ResumeReply.unavailable(retry), this.connection.keepsBounds()));
	}

	@Override
	public void restored(Introduction introduction, @Nullable Resumption kept) {
		this.resumption = kept;
		this.state = JsonState.OPEN;
	}

	// Output

	@Override
	public void append(Wire wire, OutboundMessage message) {
		JsonWriter.append(wire, message);
	}

	@Override
	public byte[] encode(OutboundMessage message) {
		return JsonWriter.packet(message);
	}

	@Override
	public void appendKept(Wire wire, byte[] packet) {
		JsonWriter.append(wire, packet);
	}

	@Override
	public void append(Wire wire, OutboundMessage push, byte[] packet) {
		JsonWriter.append(wire, packet);
	}

	@Override
	public BroadcastForm broadcastForm() {
		return this.protocol.broadcasts;
	}

	@Override
	public byte[] moveRequest(Duration after) {
		return JsonWriter.moving(after, this.connection.keepsBounds());
	}

	/**
	 * Returns nothing for a client that was rejected, because the rejection was the last
	 * message, and for one whose session stays.
	 */
	@Override
	public byte @Nullable [] farewell(CloseReason reason) {
		boolean silent = reason.code().equals(CloseReason.HANDSHAKE_REFUSED.code()) || reason.isByClient()
				|| this.state == JsonState.RELAYED && reason.isCut();
		return silent ? null : JsonWriter.kick(reason, this.connection.keepsBounds());
	}

}
