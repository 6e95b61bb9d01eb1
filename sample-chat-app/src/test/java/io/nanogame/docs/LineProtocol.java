package io.nanogame.docs;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

import io.nanogame.connection.Admission;
import io.nanogame.connection.BroadcastForm;
import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.ProtocolConnection;
import io.nanogame.connection.ProtocolTrait;
import io.nanogame.connection.Wire;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ProtocolException.Reason;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Introduction;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

// tag::protocol[]
@Component
class LineProtocol implements Protocol {

	@Override
	public String name() {
		return "lines";
	}

	@Override
	public Set<ProtocolTrait> traits() {
		return EnumSet.of(ProtocolTrait.REQUESTS, ProtocolTrait.ANSWERS_BY_ID, ProtocolTrait.PUSHES,
				ProtocolTrait.FAREWELL, ProtocolTrait.TEXT);
	}

	@Override
	public Match detect(ByteBuf first) {
		return Character.isDigit(first.getByte(first.readerIndex())) ? Match.YES : Match.NO;
	}

	@Override
	public ProtocolConnection open(ClientConnection connection) {
		return new LineConnection(connection);
	}

}
// end::protocol[]

// tag::connection[]
class LineConnection implements ProtocolConnection, Admission {

	private static final int MAX_LENGTH = 4096;

	private static final BroadcastForm LINE = LineConnection::line;

	private final ClientConnection connection;

	private boolean introduced;

	private boolean open;

	LineConnection(ClientConnection connection) {
		this.connection = connection;
	}

	@Override
	public void receive(ByteBuf in) {
		int length = lengthOfLine(in);
		while (length >= 0) {
			if (!this.introduced) {
				this.introduced = true;
				this.connection.introduce(Introduction.UNKNOWN, null, this);
			}
			if (this.open) { // otherwise the line remains unread
				received(in.readString(length, StandardCharsets.UTF_8).strip().split(" ", 3));
				in.skipBytes(1);
			}
			length = this.connection.gate().mayReadNext() ? lengthOfLine(in) : -1;
		}
	}

	private int lengthOfLine(ByteBuf in) {
		int length = in.bytesBefore(Math.min(in.readableBytes(), MAX_LENGTH), (byte) '\n');
		if (length < 0 && in.readableBytes() >= MAX_LENGTH) {
			throw new ProtocolException(Reason.PACKET_TOO_LARGE); // ends the connection
		}
		return length;
	}

	private void received(String[] line) {
		if (line.length < 2 || !line[0].matches("\\d{1,18}")) {
			throw new ProtocolException(Reason.BAD_ID);
		}
		long id = Long.parseLong(line[0]);
		MessageType type = (id != 0) ? MessageType.REQUEST : MessageType.NOTIFY;
		byte[] body = (line.length > 2) ? line[2].getBytes(StandardCharsets.UTF_8) : new byte[0];
		if (this.connection.gate().admits(type, id, line[1], body.length)) {
			this.connection.gate().received(new Message(type, id, line[1], body, false));
		}
	}

	@Override
	public void accepted(byte @Nullable [] user) {
		this.open = true;
		this.connection.opened();
	}

	@Override
	public void refused(int code, String message) {
		this.connection.outbound().append(line("refused", message));
	}

	@Override
	public void append(Wire wire, OutboundMessage message) {
		wire.append(line(message));
	}

	@Override
	public BroadcastForm broadcastForm() {
		return LINE; // the same for all clients
	}

	@Override
	public byte[] farewell(CloseReason reason) {
		return line("closed", reason.message());
	}

	private static byte[] line(OutboundMessage message) {
		String outcome = message.isError() ? " error" : " ok";
		return line((message.type() == MessageType.PUSH) ? "push " + message.route() : message.id() + outcome,
				new String(message.body(), StandardCharsets.UTF_8));
	}

	private static byte[] line(String head, String body) {
		return (head + " " + body.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8);
	}

}
// end::connection[]
