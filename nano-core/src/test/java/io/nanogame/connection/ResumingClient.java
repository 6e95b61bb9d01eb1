package io.nanogame.connection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.nanogame.connection.ResumeSchedule.ServerLedger;
import io.nanogame.memory.MemoryClient;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.resume.ResumeToken;
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

	private final ResumeDialect dialect;

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

	ResumingClient(ResumeSchedule schedule, ResumeDialect dialect) {
		this.schedule = schedule;
		this.dialect = dialect;
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
		if (request) {
			this.requests.add(number);
		}
		byte[] packet = this.dialect.message(route, request ? number : 0, number);
		this.numbers.add(number);
		this.unconfirmed.add(packet);
		this.sent++;
		this.socket.write(packet);
	}

	void acknowledge() {
		if (this.socket != null && this.socket.open) {
			this.socket.write(this.dialect.acknowledgement(this.received));
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

	/** The connection does not break any more. */
	void calm() {
		if (this.socket != null && this.socket.outgoing > 0 && this.socket.incoming > 0) {
			this.socket.outgoing = Integer.MAX_VALUE;
			this.socket.incoming = Integer.MAX_VALUE;
		}
	}

	/** The client ends its session. */
	void leave() {
		if (this.socket != null) {
			this.socket.write(this.dialect.leave());
		}
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

	private void message() {
		this.received++;
		this.receivedInAll++;
	}

	/** One connection of the client. */
	private final class Socket implements MemoryClient.Receiver, ResumeDialect.Receiver {

		private final ByteBuf in = Unpooled.buffer();

		private final MemoryClient end;

		private boolean open;

		/** Whether the client has another socket, and ignores this one. */
		private boolean forgotten;

		/** The bytes until the connection breaks. */
		private int outgoing = Integer.MAX_VALUE;

		private int incoming = Integer.MAX_VALUE;

		Socket() {
			this.end = ResumingClient.this.schedule.anyTransport()
				.connect(ResumingClient.this.dialect.protocol(), this);
			write(ResumingClient.this.dialect.handshake(request()));
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
			ResumingClient.this.dialect.read(this.in, this);
			if (this.incoming == 0) {
				this.end.close();
			}
		}

		@Override
		public void accepted(ResumeReply reply) {
			assertThat(reply).isNotNull();
			if (reply.state() == ResumeReply.State.RESUMED) {
				confirm(reply.received());
			}
			else {
				begin(reply);
			}
			ResumingClient.this.resume = new ResumeRequest(reply.token(), 0);
			write(ResumingClient.this.dialect.confirmation(ResumingClient.this.received));
			this.open = true;
			ResumingClient.this.unconfirmed.forEach(this::write);
			write(ResumingClient.this.dialect.acknowledgement(ResumingClient.this.received));
		}

		@Override
		public void acknowledged(long count) {
			confirm(count);
		}

		@Override
		public void pushed(String route, String body) {
			message();
			if (route.equals("onNews")) {
				ResumingClient.this.broadcasts++;
			}
			else {
				assertThat(body.replace("\"", "").strip()).as("the next push")
					.isEqualTo(String.valueOf(++ResumingClient.this.pushes));
			}
		}

		@Override
		public void replied(int id, String body) {
			message();
			assertThat(body).isEqualTo(String.valueOf(id));
			assertThat(ResumingClient.this.requests.remove((Integer) id)).as("a reply to %d", id).isTrue();
		}

		@Override
		public void closed() {
			if (ResumingClient.this.socket == this) {
				ResumingClient.this.socket = null;
			}
		}

	}

}
