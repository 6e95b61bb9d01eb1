package io.nanogame.connection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.memory.MemoryClient;
import io.nanogame.test.RawClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A player of the {@link ContinueSchedule} with an old client, which logs in on each
 * connection, and checks what it receives.
 */
final class ContinuingPlayer {

	private static final List<String> ROUTES = List.of("loop.echo", "lane.echo", "lane.slow");

	private final ContinueSchedule schedule;

	final String uid;

	/** The number of the last push to this player. */
	int pushed;

	private int sockets;

	private @Nullable Socket socket;

	/** A push to the player without a connection that the next one must receive. */
	private int expected;

	/** The number of the last push that any socket has received. */
	private int lastPush;

	private int lastNews;

	private int received;

	ContinuingPlayer(ContinueSchedule schedule, String uid) {
		this.schedule = schedule;
		this.uid = uid;
	}

	int received() {
		return this.received;
	}

	void expectFrom(int push) {
		this.expected = push;
	}

	// Actions

	void connectIfClosed() {
		if (this.socket == null) {
			this.socket = new Socket();
		}
	}

	/** Another socket logs in while this one is alive, and this one is forgotten. */
	void race() {
		if (this.socket != null) {
			this.socket.forgotten = true;
			this.socket = new Socket();
		}
	}

	void send() {
		if (this.socket != null) {
			this.socket.request(ROUTES.get(this.schedule.random.nextInt(ROUTES.size())));
		}
	}

	void cut() {
		if (this.socket != null) {
			this.socket.end.close();
		}
	}

	/** The client ends its session. */
	void leave() {
		if (this.socket != null) {
			this.socket.end.send(RawClient.packet(5, new byte[0]));
		}
	}

	void checkComplete(int news) {
		assertThat(this.socket).as("a connection of %s", this.uid).isNotNull();
		assertThat(this.socket.requests).as("requests of %s without a reply", this.uid).isEmpty();
		assertThat(this.lastPush).as("the last push to %s", this.uid).isEqualTo(this.pushed);
		assertThat(this.lastNews).as("the last news of %s", this.uid).isEqualTo(news);
	}

	/** One connection. */
	private final class Socket implements MemoryClient.Receiver {

		private final String name = ContinuingPlayer.this.uid + "-" + ++ContinuingPlayer.this.sockets;

		private final ByteBuf in = Unpooled.buffer();

		/**
		 * The bodies of requests without a reply, by id; all sockets use the same ids.
		 */
		private final Map<Long, String> requests = new HashMap<>();

		private final MemoryClient end;

		/** The number of messages that were sent. */
		private int count;

		private boolean forgotten;

		/** The next push; 0 until there was one. */
		private int nextPush;

		private int nextNews;

		Socket() {
			this.end = ContinuingPlayer.this.schedule.anyTransport().connect(this);
			List<byte[]> packets = new ArrayList<>();
			packets.add(RawClient.packet(1, new byte[0]));
			packets.add(RawClient.packet(2, new byte[0]));
			int before = ContinuingPlayer.this.schedule.random.nextInt(3);
			for (int i = 0; i < before; i++) {
				packets.add(packet("lane.echo"));
			}
			packets.add(packet(ContinuingPlayer.this.schedule.random.nextBoolean() ? "loop.login" : "lane.login"));
			packets.forEach(this.end::send);
		}

		void request(String route) {
			this.end.send(packet(route));
		}

		private byte[] packet(String route) {
			long id = this.count + 1;
			String body = ContinuingPlayer.this.uid + " " + this.name + " " + id;
			this.requests.put(id, body);
			this.count = (int) id;
			return RawClient.packet(4, RawClient.message(0, id, route, body.getBytes(StandardCharsets.UTF_8)));
		}

		@Override
		public void received(byte[] bytes) {
			if (this.forgotten) {
				return;
			}
			try {
				this.in.writeBytes(bytes);
				while (this.in.readableBytes() >= 4
						&& this.in.readableBytes() >= 4 + this.in.getUnsignedMedium(this.in.readerIndex() + 1)) {
					int type = this.in.readByte();
					ByteBuf body = this.in.readSlice(this.in.readUnsignedMedium());
					if (type == 4) {
						message(body);
					}
				}
			}
			catch (AssertionError ex) {
				// The loop of the server logs it only.
				ContinuingPlayer.this.schedule.failure = ex;
			}
		}

		private void message(ByteBuf body) {
			ContinuingPlayer.this.received++;
			int flag = body.readByte();
			if (flag == 6) {
				String route = body.readCharSequence(body.readUnsignedByte(), StandardCharsets.UTF_8).toString();
				push(route, Integer.parseInt(body.toString(StandardCharsets.UTF_8).replace("\"", "").strip()));
				return;
			}
			assertThat(flag).isEqualTo(4);
			long id = 0;
			int shift = 0;
			int next;
			do {
				next = body.readByte();
				id |= (long) (next & 127) << shift;
				shift += 7;
			}
			while (next < 0);
			assertThat(body.toString(StandardCharsets.UTF_8)).as("the reply to %d of %s", id, this.name)
				.isEqualTo(this.requests.remove(id));
		}

		/** The pushes of one connection have no gap, and none is repeated on another. */
		private void push(String route, int number) {
			if (route.equals("onPush")) {
				assertThat(number).as("push to %s", this.name).isGreaterThan(ContinuingPlayer.this.lastPush);
				assertThat(this.nextPush).as("the next push to %s", this.name).isIn(0, number);
				if (ContinuingPlayer.this.expected > ContinuingPlayer.this.lastPush
						&& ContinuingPlayer.this.schedule.keepsAll()) {
					assertThat(number).as("the first push to %s", this.name)
						.isLessThanOrEqualTo(ContinuingPlayer.this.expected);
				}
				this.nextPush = number + 1;
				ContinuingPlayer.this.lastPush = number;
			}
			else {
				assertThat(number).as("news to %s", this.name).isGreaterThan(ContinuingPlayer.this.lastNews);
				assertThat(this.nextNews).as("the next news to %s", this.name).isIn(0, number);
				this.nextNews = number + 1;
				ContinuingPlayer.this.lastNews = number;
			}
		}

		@Override
		public void closed() {
			if (ContinuingPlayer.this.socket == this) {
				ContinuingPlayer.this.socket = null;
			}
		}

	}

}
