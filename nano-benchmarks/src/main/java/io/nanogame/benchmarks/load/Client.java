package io.nanogame.benchmarks.load;

import java.util.List;

import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketEncoder;
import io.nanogame.protocol.PacketHandler;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.protocol.UserPart;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * One client. It is as cheap as possible, because it shares the machine with the server.
 * Confined to the event loop.
 */
final class Client extends ByteToMessageDecoder implements PacketHandler {

	private static final PacketDecoder packets = new PacketDecoder(PacketDecoder.MAX_BODY_LENGTH);

	private static final MessageEncoder messages = new MessageEncoder(RouteDictionary.EMPTY);

	private static final int ERROR = 0x20;

	private static final byte[] ORDINARY = { '{', '}' };

	private static final byte[] RESUMABLE = new HandshakeRequest(ClientInfo.UNKNOWN, UserPart.NONE, ResumeRequest.NEW)
		.toJson();

	private final Traffic traffic;

	/** Run when the server has accepted the handshake. */
	private final Runnable ready;

	/** The maximum number of requests in flight when requests are paced. */
	private static final int WINDOW = 256;

	/**
	 * Indexed by the id modulo the length. Responses arrive in order, so no two ids share
	 * an entry.
	 */
	private long[] sentNanos = {};

	private long nextId = 1;

	private int pending;

	private @Nullable ChannelHandlerContext context;

	private @Nullable ByteBuf out;

	private boolean closing;

	/** Null if the client cannot resume its session. */
	private final @Nullable Acknowledgements acknowledgements;

	Client(Traffic traffic, boolean resumable, Runnable ready) {
		this.traffic = traffic;
		this.acknowledgements = resumable ? new Acknowledgements() : null;
		this.ready = ready;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.context = ctx;
		if (ctx.channel().isActive()) {
			handshake();
		}
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		handshake();
	}

	private void handshake() {
		PacketEncoder.encode(out(), PacketType.HANDSHAKE, (this.acknowledgements != null) ? RESUMABLE : ORDINARY);
		flush();
	}

	/** Sends as many requests as may be in flight. */
	void begin() {
		if (this.sentNanos.length != this.traffic.inFlight) {
			this.sentNanos = new long[this.traffic.inFlight];
		}
		for (int i = 0; i < this.traffic.inFlight; i++) {
			request(System.nanoTime());
		}
		flush();
	}

	/**
	 * Sends a request whose latency counts from when it was due.
	 * @param dueNanos when the request was due, maybe shortly before now
	 */
	void paced(long dueNanos) {
		if (this.sentNanos.length != WINDOW) {
			this.sentNanos = new long[WINDOW];
		}
		if (this.pending == WINDOW) {
			fail("the server does not keep up with the rate");
			return;
		}
		request(dueNanos);
		flush();
	}

	void notify(String route, byte[] body) {
		send(MessageType.NOTIFY, 0, route, body);
		flush();
	}

	void once(String route, byte[] body) {
		this.sentNanos = new long[1];
		this.pending++;
		this.traffic.waiting++;
		send(MessageType.REQUEST, this.nextId++, route, body);
		flush();
	}

	void heartbeat() {
		if (this.acknowledgements != null) {
			this.acknowledgements.write(out());
		}
		else {
			PacketEncoder.writeHeader(out(), PacketType.HEARTBEAT, 0);
		}
		flush();
	}

	void close() {
		this.closing = true;
		if (this.context != null) {
			this.context.close();
		}
	}

	private void request(long dueNanos) {
		long id = this.nextId++;
		this.sentNanos[(int) (id % this.sentNanos.length)] = dueNanos;
		this.pending++;
		this.traffic.waiting++;
		send(MessageType.REQUEST, id, this.traffic.route, this.traffic.body);
	}

	private void send(MessageType type, long id, String route, byte[] body) {
		ByteBuf to = out();
		int before = to.readableBytes();
		messages.encodePacket(to, type, id, route, body, false, false);
		if (this.acknowledgements != null) {
			this.acknowledgements.sent(to.readableBytes() - before);
		}
	}

	@Override
	protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> unused) {
		packets.decode(in, this);
	}

	@Override
	public boolean packet(PacketType type, ByteBuf in, int length) {
		switch (type) {
			case HANDSHAKE -> accepted(ByteBufUtil.getBytes(in, in.readerIndex(), length));
			case DATA -> {
				if (this.acknowledgements != null) {
					this.acknowledgements.received(length);
				}
				message(in, in.readerIndex() + length);
			}
			case KICK -> fail("a client was kicked");
			default -> {
			}
		}
		return true;
	}

	private void accepted(byte[] reply) {
		if (this.acknowledgements != null && ResumeReply.parse(reply) == null) {
			fail("the server cannot resume sessions");
		}
		PacketEncoder.writeHeader(out(), PacketType.HANDSHAKE_ACK, 0);
		this.ready.run();
	}

	private void message(ByteBuf in, int end) {
		int flag = in.readByte();
		if ((flag >> 1 & 7) != MessageType.RESPONSE.code()) {
			this.traffic.pushes++;
			if (this.traffic.stamped) {
				this.traffic.pushed(in.getLong(end - Long.BYTES));
			}
			return;
		}
		if ((flag & ERROR) != 0) {
			fail("a request was answered with an error");
		}
		this.pending--;
		this.traffic.responded(this.sentNanos[(int) (id(in) % this.sentNanos.length)]);
		if (this.traffic.running && !this.traffic.paced) {
			request(System.nanoTime());
		}
	}

	private static long id(ByteBuf in) {
		long id = 0;
		for (int shift = 0;; shift += 7) {
			byte next = in.readByte();
			id |= (next & 0x7FL) << shift;
			if (next >= 0) {
				return id;
			}
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
		if (this.acknowledgements != null && this.acknowledgements.isDue()) {
			this.acknowledgements.write(out());
		}
		flush();
		super.channelReadComplete(ctx);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) throws Exception {
		if (!this.closing) {
			fail("the server closed a connection");
		}
		super.channelInactive(ctx);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		fail(cause.toString());
		ctx.close();
	}

	private void fail(String fault) {
		this.traffic.fault = fault;
	}

	private ByteBuf out() {
		ByteBuf current = this.out;
		if (current == null) {
			if (this.context == null) {
				throw new IllegalStateException("not connected");
			}
			current = this.context.alloc().ioBuffer();
			this.out = current;
		}
		return current;
	}

	private void flush() {
		ByteBuf written = this.out;
		if (written != null && this.context != null) {
			this.out = null;
			this.context.writeAndFlush(written, this.context.voidPromise());
		}
	}

}
