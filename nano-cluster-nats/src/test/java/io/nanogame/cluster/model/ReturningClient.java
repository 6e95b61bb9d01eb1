package io.nanogame.cluster.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.memory.MemoryClient;
import io.nanogame.memory.MemoryTransport;
import io.nanogame.test.RawClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A client that knows nothing of resumed sessions: after a cut it logs in again, at any
 * gateway, and records what it receives.
 */
final class ReturningClient {

	final String uid;

	private @Nullable Socket socket;

	private int lastNumber;

	/** The requests with a reply that is not an error. */
	private final List<Integer> replies = new ArrayList<>();

	/** The received pushes, by their sources. */
	private final Map<String, List<Integer>> pushes = new HashMap<>();

	private int kicks;

	ReturningClient(String uid) {
		this.uid = uid;
	}

	List<Integer> replies() {
		return this.replies;
	}

	Map<String, List<Integer>> pushes() {
		return this.pushes;
	}

	int kicks() {
		return this.kicks;
	}

	int lastNumber() {
		return this.lastNumber;
	}

	boolean hasSocket() {
		return this.socket != null;
	}

	/**
	 * Logs in by a new connection. The server has not noticed the end of a former one.
	 */
	void connect(MemoryTransport gateway) {
		Socket former = this.socket;
		if (former != null) {
			former.forgotten = true;
		}
		Socket next = new Socket(gateway);
		this.socket = next;
		next.end = gateway.connect(next);
		next.write(1, "{\"sys\":{\"type\":\"old\",\"version\":\"1\"},\"user\":{\"uid\":\"%s\"}}".formatted(this.uid)
			.getBytes(StandardCharsets.UTF_8));
	}

	void cut() {
		if (this.socket != null && this.socket.end != null) {
			this.socket.end.close();
		}
	}

	/** A gateway is killed. */
	void lose(MemoryTransport gateway) {
		if (this.socket != null && this.socket.gateway == gateway) {
			this.socket.forgotten = true;
			this.socket = null;
		}
	}

	void request(String route) {
		if (this.socket != null && this.socket.open) {
			int number = ++this.lastNumber;
			byte[] body = (this.uid + " " + number).getBytes(StandardCharsets.UTF_8);
			this.socket.write(4, RawClient.message(0, number, route, body));
		}
	}

	void heartbeat() {
		if (this.socket != null && this.socket.open) {
			this.socket.write(3, new byte[0]);
		}
	}

	private void message(ByteBuf in) {
		int flag = in.readByte();
		if (flag == 6) {
			in.skipBytes(in.readUnsignedByte());
			String[] push = in.toString(StandardCharsets.UTF_8).replace("\"", "").split(" ");
			this.pushes.computeIfAbsent(push[0], (source) -> new ArrayList<>()).add(Integer.parseInt(push[1]));
			return;
		}
		int id = 0;
		int shift = 0;
		int next;
		do {
			next = in.readByte();
			id |= (next & 127) << shift;
			shift += 7;
		}
		while (next < 0);
		String body = in.toString(StandardCharsets.UTF_8);
		if (body.equals(String.valueOf(id))) {
			this.replies.add(id);
		}
		else if (!body.contains("\"code\":")) {
			throw new AssertionError("Request %d has the reply %s".formatted(id, body));
		}
	}

	/** One connection of the client. */
	private final class Socket implements MemoryClient.Receiver {

		private final MemoryTransport gateway;

		private final ByteBuf in = Unpooled.buffer();

		private @Nullable MemoryClient end;

		private boolean open;

		private boolean forgotten;

		Socket(MemoryTransport gateway) {
			this.gateway = gateway;
		}

		void write(int type, byte[] body) {
			if (this.end != null) {
				this.end.send(RawClient.packet(type, body));
			}
		}

		@Override
		public void received(byte[] bytes) {
			if (this.forgotten) {
				return;
			}
			this.in.writeBytes(bytes);
			while (this.in.readableBytes() >= 4
					&& this.in.readableBytes() >= 4 + this.in.getUnsignedMedium(this.in.readerIndex() + 1)) {
				int type = this.in.readByte();
				packet(type, this.in.readSlice(this.in.readUnsignedMedium()));
			}
		}

		private void packet(int type, ByteBuf body) {
			switch (type) {
				case 1 -> {
					write(2, new byte[0]);
					this.open = true;
				}
				case 3 -> {
				}
				case 4 -> message(body);
				case 5 -> ReturningClient.this.kicks++;
				default -> throw new AssertionError("A packet of type " + type);
			}
		}

		@Override
		public void closed() {
			this.open = false;
			if (ReturningClient.this.socket == this) {
				ReturningClient.this.socket = null;
			}
		}

	}

}
