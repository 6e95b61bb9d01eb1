package io.nanogame.connection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.nanogame.connection.ResumeSchedule.ServerLedger;
import io.nanogame.memory.MemoryClient;
import io.nanogame.protocol.Acknowledgement;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.protocol.UserPart;
import io.nanogame.resume.ResumeToken;
import io.nanogame.test.RawClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of the {@link ResumeSchedule} that keeps the contract, and checks what it
 * receives.
 */
final class ResumingClient {

	private static final List<String> ROUTES = List.of("loop.note", "lane.note", "loop.echo", "lane.echo");

	private final ResumeSchedule schedule;

	private @Nullable Socket socket;

	private ResumeRequest resume = ResumeRequest.NEW;

	// The session

	private ServerLedger ledger = new ServerLedger();

	/** Packets that were written to a socket, and are not confirmed. */
	private final Deque<byte[]> unconfirmed = new ArrayDeque<>();

	private long sent;

	private long received;

	/** The numbers of the messages that were written in this session. */
	private final List<Integer> numbers = new ArrayList<>();

	/** The numbers of the requests without a reply. */
	private final List<Integer> requests = new ArrayList<>();

	private int pushes;

	private int broadcasts;

	// All sessions

	private int lastNumber;

	private int lost;

	private int receivedInAll;

	ResumingClient(ResumeSchedule schedule) {
		this.schedule = schedule;
	}

	int lost() {
		return this.lost;
	}

	int receivedInAll() {
		return this.receivedInAll;
	}

	// Actions

	void connectIfClosed() {
		if (this.socket == null) {
			this.socket = new Socket();
		}
	}

	/** Another socket resumes while this one is alive, and this one is forgotten. */
	void race() {
		if (this.socket != null) {
			this.socket.forgotten = true;
			this.socket = new Socket();
		}
	}

	void send() {
		if (this.socket == null || !this.socket.open) {
			return;
		}
		int number = ++this.lastNumber;
		String route = ROUTES.get(this.schedule.random.nextInt(ROUTES.size()));
		boolean request = route.endsWith("echo");
		ByteBuf message = Unpooled.buffer();
		message.writeByte(request ? 0 : 2);
		if (request) {
			for (int rest = number; rest != 0; rest >>>= 7) {
				message.writeByte(rest > 127 ? rest & 127 | 128 : rest);
			}
			this.requests.add(number);
		}
		message.writeByte(route.length()).writeBytes(bytes(route)).writeBytes(bytes(String.valueOf(number)));
		byte[] body = new byte[message.readableBytes()];
		message.readBytes(body);
		byte[] packet = RawClient.packet(4, body);
		this.numbers.add(number);
		this.unconfirmed.add(packet);
		this.sent++;
		this.socket.write(packet);
	}

	void acknowledge() {
		if (this.socket != null && this.socket.open) {
			this.socket.write(Acknowledgement.packet(this.received));
		}
	}

	/** The connection breaks now. */
	void cut() {
		if (this.socket != null) {
			this.socket.end.close();
		}
	}

	/** The connection breaks after some bytes in each direction. */
	void cutSoon() {
		if (this.socket != null) {
			this.socket.outgoing = Math.min(this.socket.outgoing, 1 + this.schedule.random.nextInt(60));
			this.socket.incoming = Math.min(this.socket.incoming, 1 + this.schedule.random.nextInt(200));
		}
	}

	/** The client ends its session. */
	void leave() {
		if (this.socket != null) {
			this.socket.outgoing = Integer.MAX_VALUE;
			this.socket.write(RawClient.packet(5, new byte[0]));
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	// Checks

	private void checkPrefix() {
		List<Integer> handled = this.ledger.handled;
		assertThat(handled.size()).as("handled").isLessThanOrEqualTo(this.numbers.size());
		assertThat(handled).as("handled in order and once").isEqualTo(this.numbers.subList(0, handled.size()));
		assertThat(this.pushes).as("pushes").isLessThanOrEqualTo(this.ledger.pushed);
		assertThat(this.broadcasts).as("broadcasts").isLessThanOrEqualTo(this.ledger.broadcasts);
	}

	void checkComplete() {
		assertThat(this.socket).as("a connection after quiet").isNotNull();
		assertThat(this.socket.open).as("an open connection after quiet").isTrue();
		checkPrefix();
		assertThat(this.ledger.handled).as("handled after quiet").isEqualTo(this.numbers);
		assertThat(this.requests).as("requests without a reply").isEmpty();
		assertThat(this.pushes).as("pushes after quiet").isEqualTo(this.ledger.pushed);
		assertThat(this.broadcasts).as("broadcasts after quiet").isEqualTo(this.ledger.broadcasts);
	}

	private void begin(ResumeReply reply) {
		if (this.resume.isResume()) {
			assertThat(reply.state()).isEqualTo(ResumeReply.State.LOST);
			long before = ResumeToken.parse(this.resume.token()).session();
			assertThat(this.schedule.isLost(before)).as("session %d is lost", before).isTrue();
			this.lost++;
		}
		else {
			assertThat(reply.state()).isEqualTo(ResumeReply.State.NEW);
		}
		assertThat(reply.received()).isZero();
		checkPrefix();
		this.ledger = this.schedule.ledger(ResumeToken.parse(reply.token()).session());
		this.unconfirmed.clear();
		this.sent = 0;
		this.received = 0;
		this.numbers.clear();
		this.requests.clear();
		this.pushes = 0;
		this.broadcasts = 0;
	}

	private void confirm(long count) {
		assertThat(count).as("packets that the server has received")
			.isBetween(this.sent - this.unconfirmed.size(), this.sent);
		while (this.unconfirmed.size() > this.sent - count) {
			this.unconfirmed.remove();
		}
	}

	private void message(ByteBuf in) {
		this.received++;
		this.receivedInAll++;
		int flag = in.readByte();
		if (flag == 6) {
			String route = in.readCharSequence(in.readUnsignedByte(), StandardCharsets.UTF_8).toString();
			String body = in.toString(StandardCharsets.UTF_8);
			if (route.equals("onNews")) {
				this.broadcasts++;
			}
			else {
				assertThat(body.replace("\"", "").strip()).as("the next push").isEqualTo(String.valueOf(++this.pushes));
			}
		}
		else {
			assertThat(flag).isEqualTo(4);
			int id = 0;
			int shift = 0;
			int next;
			do {
				next = in.readByte();
				id |= (next & 127) << shift;
				shift += 7;
			}
			while (next < 0);
			assertThat(in.toString(StandardCharsets.UTF_8)).isEqualTo(String.valueOf(id));
			assertThat(this.requests.remove((Integer) id)).as("a reply to %d", id).isTrue();
		}
	}

	/** One connection of the client. */
	private final class Socket implements MemoryClient.Receiver {

		private final ByteBuf in = Unpooled.buffer();

		private final MemoryClient end;

		private boolean open;

		/** Whether the client has another socket, and ignores this one. */
		private boolean forgotten;

		/** The bytes until the connection breaks. */
		private int outgoing = Integer.MAX_VALUE;

		private int incoming = Integer.MAX_VALUE;

		Socket() {
			this.end = ResumingClient.this.schedule.anyTransport().connect(this);
			write(RawClient.packet(1, new HandshakeRequest(ClientInfo.UNKNOWN, UserPart.NONE, request()).toJson()));
		}

		private ResumeRequest request() {
			ResumeRequest asked = ResumingClient.this.resume;
			return asked.isResume() ? new ResumeRequest(asked.token(), ResumingClient.this.received) : asked;
		}

		void write(byte[] packet) {
			int length = Math.min(packet.length, this.outgoing);
			if (length > 0) {
				byte[] part = new byte[length];
				System.arraycopy(packet, 0, part, 0, length);
				this.end.send(part);
			}
			this.outgoing -= length;
			if (this.outgoing == 0) {
				this.end.close();
			}
		}

		@Override
		public void received(byte[] bytes) {
			if (this.forgotten || this.incoming == 0) {
				return;
			}
			try {
				receive(bytes);
			}
			catch (AssertionError ex) {
				// The loop of the server logs it only.
				ResumingClient.this.schedule.failure = ex;
			}
		}

		private void receive(byte[] bytes) {
			int length = Math.min(bytes.length, this.incoming);
			this.in.writeBytes(bytes, 0, length);
			this.incoming -= length;
			while (this.in.readableBytes() >= 4
					&& this.in.readableBytes() >= 4 + this.in.getUnsignedMedium(this.in.readerIndex() + 1)) {
				int type = this.in.readByte();
				packet(type, this.in.readSlice(this.in.readUnsignedMedium()));
			}
			if (this.incoming == 0) {
				this.end.close();
			}
		}

		private void packet(int type, ByteBuf body) {
			switch (type) {
				case 1 -> handshake(body);
				case 3 -> confirm(Acknowledgement.read(body, body.readableBytes()));
				case 4 -> message(body);
				default -> throw new AssertionError("A packet of type " + type);
			}
		}

		private void handshake(ByteBuf body) {
			byte[] json = new byte[body.readableBytes()];
			body.readBytes(json);
			ResumeReply reply = ResumeReply.parse(json);
			assertThat(reply).isNotNull();
			if (reply.state() == ResumeReply.State.RESUMED) {
				confirm(reply.received());
			}
			else {
				begin(reply);
			}
			ResumingClient.this.resume = new ResumeRequest(reply.token(), 0);
			write(RawClient.packet(2, new byte[0]));
			this.open = true;
			ResumingClient.this.unconfirmed.forEach(this::write);
			write(Acknowledgement.packet(ResumingClient.this.received));
		}

		@Override
		public void closed() {
			if (ResumingClient.this.socket == this) {
				ResumingClient.this.socket = null;
			}
		}

	}

}
