package io.nanogame.cluster.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.nanogame.memory.MemoryClient;
import io.nanogame.memory.MemoryTransport;
import io.nanogame.protocol.Acknowledgement;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.Kick;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.protocol.UserPart;
import io.nanogame.resume.ResumeToken;
import io.nanogame.test.RawClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A client that resumes its session on any gateway, and records what it receives.
 */
final class RoamingClient {

	private final Random random;

	private @Nullable Socket socket;

	private ResumeRequest resume = ResumeRequest.NEW;

	/** Packets that were written to a socket, and are not confirmed. */
	private final Deque<byte[]> unconfirmed = new ArrayDeque<>();

	private long sent;

	private long received;

	private int lastNumber;

	/** The session; 0 without one. */
	private long session;

	/** The numbers of requests of this session. */
	private final List<Integer> numbers = new ArrayList<>();

	private final List<Integer> replies = new ArrayList<>();

	/** The requests whose reply is not an error. */
	private final Set<Integer> successful = new HashSet<>();

	/** The received pushes of this session, by their sources. */
	private final Map<String, List<Integer>> pushes = new HashMap<>();

	private final List<String> states = new ArrayList<>();

	/** The codes of the replies that a session is lost. */
	private final Map<Long, String> lost = new HashMap<>();

	RoamingClient(Random random) {
		this.random = random;
	}

	long session() {
		return this.session;
	}

	List<String> states() {
		return this.states;
	}

	Map<Long, String> lost() {
		return this.lost;
	}

	List<Integer> numbers() {
		return this.numbers;
	}

	List<Integer> replies() {
		return this.replies;
	}

	Set<Integer> successful() {
		return this.successful;
	}

	Map<String, List<Integer>> pushes() {
		return this.pushes;
	}

	boolean isOpen() {
		return this.socket != null && this.socket.open;
	}

	boolean hasSocket() {
		return this.socket != null;
	}

	void connect(MemoryTransport gateway) {
		Socket former = this.socket;
		if (former != null) {
			former.forgotten = true;
		}
		Socket next = new Socket();
		this.socket = next;
		next.begin(gateway);
	}

	/** A gateway is killed. */
	void lose(MemoryTransport gateway) {
		if (this.socket != null && this.socket.gateway == gateway) {
			this.socket.forgotten = true;
			this.socket = null;
		}
	}

	void cut() {
		if (this.socket != null) {
			this.socket.end.close();
		}
	}

	/** The connection breaks after some bytes in each direction. */
	void cutSoon() {
		if (this.socket != null) {
			this.socket.outgoing = Math.min(this.socket.outgoing, 1 + this.random.nextInt(200));
			this.socket.incoming = Math.min(this.socket.incoming, 1 + this.random.nextInt(400));
		}
	}

	void request(String route) {
		if (!isOpen()) {
			return;
		}
		int number = ++this.lastNumber;
		ByteBuf message = Unpooled.buffer();
		message.writeByte(0);
		int rest = number;
		while (rest > 127) {
			message.writeByte(rest & 127 | 128);
			rest >>>= 7;
		}
		message.writeByte(rest);
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
		if (isOpen()) {
			this.socket.write(Acknowledgement.packet(this.received));
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private void kicked(ByteBuf body) {
		byte[] json = new byte[body.readableBytes()];
		body.readBytes(json);
		if (Kick.parse(json).isMoving()) {
			this.states.add("moving");
			cut();
			return;
		}
		this.states.add("KICKED");
		this.resume = ResumeRequest.NEW;
	}

	private void begin(ResumeReply reply) {
		this.session = ResumeToken.parse(reply.token()).session();
		this.unconfirmed.clear();
		this.sent = 0;
		this.received = 0;
		this.numbers.clear();
		this.replies.clear();
		this.successful.clear();
		this.pushes.clear();
	}

	private void confirm(long count) {
		if (count > this.sent || count < this.sent - this.unconfirmed.size()) {
			throw new AssertionError("The server has received %d of %d, %d of them unconfirmed".formatted(count,
					this.sent, this.unconfirmed.size()));
		}
		while (this.unconfirmed.size() > this.sent - count) {
			this.unconfirmed.remove();
		}
	}

	private void message(ByteBuf in) {
		this.received++;
		int flag = in.readByte();
		if (flag == 6) {
			in.skipBytes(in.readUnsignedByte());
			// Merged pushes are an object with a list.
			for (String one : in.toString(StandardCharsets.UTF_8).replaceAll("\"|^\\{.*\\[|]}$", "").split(",")) {
				String[] push = one.split(" ");
				this.pushes.computeIfAbsent(push[0], (source) -> new ArrayList<>()).add(Integer.parseInt(push[1]));
			}
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
		if (!body.equals(String.valueOf(id)) && !body.contains("\"code\":")) {
			throw new AssertionError("Request %d has the reply %s".formatted(id, body));
		}
		this.replies.add(id);
		if (!body.contains("\"code\":")) {
			this.successful.add(id);
		}
	}

	/** One connection of the client. */
	private final class Socket implements MemoryClient.Receiver {

		private final ByteBuf in = Unpooled.buffer();

		private @Nullable MemoryClient end;

		private @Nullable MemoryTransport gateway;

		private boolean open;

		private boolean forgotten;

		private int outgoing = Integer.MAX_VALUE;

		private int incoming = Integer.MAX_VALUE;

		void begin(MemoryTransport to) {
			this.gateway = to;
			ResumeRequest asked = RoamingClient.this.resume;
			ResumeRequest request = asked.isResume() ? new ResumeRequest(asked.token(), RoamingClient.this.received)
					: asked;
			this.end = to.connect(this);
			write(RawClient.packet(1, new HandshakeRequest(ClientInfo.UNKNOWN, UserPart.NONE, request).toJson()));
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
				case 5 -> kicked(body);
				default ->
					throw new AssertionError("A packet of type " + type + " " + body.toString(StandardCharsets.UTF_8));
			}
		}

		private void handshake(ByteBuf body) {
			byte[] json = new byte[body.readableBytes()];
			body.readBytes(json);
			if (new String(json, StandardCharsets.UTF_8).contains("\"code\":503")) {
				RoamingClient.this.states.add("later");
				return;
			}
			ResumeReply reply = ResumeReply.parse(json);
			RoamingClient.this.states.add(reply.state().name());
			if (reply.state() == ResumeReply.State.LOST) {
				RoamingClient.this.lost.put(RoamingClient.this.session, reply.code());
			}
			if (reply.state() == ResumeReply.State.RESUMED) {
				confirm(reply.received());
			}
			else {
				RoamingClient.this.begin(reply);
			}
			RoamingClient.this.resume = new ResumeRequest(reply.token(), 0);
			write(RawClient.packet(2, new byte[0]));
			this.open = true;
			RoamingClient.this.unconfirmed.forEach(this::write);
			write(Acknowledgement.packet(RoamingClient.this.received));
		}

		@Override
		public void closed() {
			this.open = false;
			if (RoamingClient.this.socket == this) {
				RoamingClient.this.socket = null;
			}
		}

	}

}
