package io.nanogame.benchmarks.soak;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * A client of a {@link Crowd}. After the handshake it is idle, or sends the next request
 * after each response. Confined to the event loop.
 */
final class CrowdClient extends ByteToMessageDecoder {

	private static final String UPGRADE = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
			+ "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

	private static final int CLOSE = 0x8;

	private static final int GOING_AWAY = 1001;

	private final Crowd crowd;

	private final boolean webSocket;

	private final boolean busy;

	private boolean upgraded;

	/** Whether the connection was reset or ended otherwise than expected. */
	private boolean broken;

	/** The code of the received close frame; 0 before. */
	private int closeCode;

	private long lastId;

	CrowdClient(Crowd crowd, boolean webSocket, boolean busy) {
		this.crowd = crowd;
		this.webSocket = webSocket;
		this.busy = busy;
		this.upgraded = !webSocket;
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		if (this.webSocket) {
			ctx.writeAndFlush(Unpooled.copiedBuffer(UPGRADE, StandardCharsets.US_ASCII));
		}
		else {
			send(ctx, RawClient.packet(RawPacket.HANDSHAKE, new byte[0]));
		}
	}

	/** Sends a packet. Frames of clients must be masked; the mask is zero here. */
	private void send(ChannelHandlerContext ctx, byte[] packet) {
		ByteBuf out = ctx.alloc().buffer(packet.length + 8);
		if (this.webSocket) {
			out.writeByte(0x82);
			if (packet.length < 126) {
				out.writeByte(0x80 | packet.length);
			}
			else {
				out.writeByte(0x80 | 126).writeShort(packet.length);
			}
			out.writeInt(0);
		}
		ctx.writeAndFlush(out.writeBytes(packet), ctx.voidPromise());
	}

	@Override
	protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
		if (!this.upgraded) {
			int end = in.toString(StandardCharsets.US_ASCII).indexOf("\r\n\r\n");
			if (end < 0) {
				return;
			}
			in.skipBytes(end + 4);
			this.upgraded = true;
			send(ctx, RawClient.packet(RawPacket.HANDSHAKE, new byte[0]));
		}
		int header = this.webSocket ? frameHeader(in) : 0;
		int start = in.readerIndex() + header;
		if (in.readableBytes() < header + 4 || in.readableBytes() < header + 4 + in.getUnsignedMedium(start + 1)) {
			return;
		}
		int type = in.getUnsignedByte(start);
		byte[] body = new byte[in.getUnsignedMedium(start + 1)];
		in.skipBytes(header + 4).readBytes(body);
		packet(ctx, new RawPacket(type, body));
	}

	/**
	 * Returns the length of the frame's header. Reads the close frame, after which no
	 * frame follows.
	 */
	private int frameHeader(ByteBuf in) {
		if (in.readableBytes() < 2) {
			return 2;
		}
		if ((in.getByte(in.readerIndex()) & 0xF) == CLOSE) {
			if (in.readableBytes() >= 4) {
				this.closeCode = in.getUnsignedShort(in.readerIndex() + 2);
				in.skipBytes(in.readableBytes());
			}
			return 4;
		}
		int length = in.getUnsignedByte(in.readerIndex() + 1);
		return (length < 126) ? 2 : (length == 126) ? 4 : 10;
	}

	private void packet(ChannelHandlerContext ctx, RawPacket packet) {
		switch (packet.type()) {
			case RawPacket.HANDSHAKE -> {
				send(ctx, new byte[] { 2, 0, 0, 0 });
				this.crowd.ready();
				if (this.busy) {
					request(ctx);
				}
			}
			case RawPacket.DATA -> {
				this.crowd.responded(packet.id() == this.lastId, packet.payload());
				if (this.busy) {
					request(ctx);
				}
			}
			case RawPacket.KICK -> this.broken = true;
			default -> {
				// A heartbeat.
			}
		}
	}

	private void request(ChannelHandlerContext ctx) {
		this.lastId++;
		String route = (this.lastId % 2 == 0) ? "echo.lane" : "echo.soon";
		byte[] body = "{\"number\":1,\"text\":\"hello\"}".getBytes(StandardCharsets.US_ASCII);
		send(ctx, RawClient.packet(RawPacket.DATA, RawClient.message(0, this.lastId, route, body)));
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) throws Exception {
		super.channelInactive(ctx);
		this.crowd.disconnected(!this.broken && (!this.webSocket || this.closeCode == GOING_AWAY));
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.broken = true;
		ctx.close();
	}

}
