package io.nanogame.benchmarks.load;

import java.nio.charset.StandardCharsets;

import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketEncoder;
import io.nanogame.protocol.PacketHandler;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.RouteDictionary;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A player of this project's server. */
final class NanoRoomPlayer extends RoomPlayer implements PacketHandler {

	private static final PacketDecoder packets = new PacketDecoder(PacketDecoder.MAX_BODY_LENGTH);

	private static final MessageEncoder messages = new MessageEncoder(RouteDictionary.EMPTY);

	private static final int ERROR = 0x20;

	private final String kind;

	private int responses;

	NanoRoomPlayer(String kind) {
		this.kind = kind;
	}

	@Override
	void opened() {
		ByteBuf out = Unpooled.buffer();
		PacketEncoder.encode(out, PacketType.HANDSHAKE, new byte[] { '{', '}' });
		send(out);
	}

	@Override
	void received(ByteBuf in) {
		packets.decode(in, this);
	}

	@Override
	public boolean packet(PacketType type, ByteBuf in, int length) {
		switch (type) {
			case HANDSHAKE -> {
				ByteBuf out = Unpooled.buffer();
				PacketEncoder.writeHeader(out, PacketType.HANDSHAKE_ACK, 0);
				send(out);
				send(MessageType.REQUEST, 1, "rooms.joinOrCreate", "{\"kind\":\"%s\"}".formatted(this.kind));
			}
			case DATA -> message(in.getByte(in.readerIndex()));
			case KICK -> this.fault = "a player was kicked";
			default -> {
			}
		}
		return true;
	}

	private void message(int flag) {
		if ((flag >> 1 & 7) != MessageType.RESPONSE.code()) {
			this.states++;
		}
		else if ((flag & ERROR) != 0) {
			this.fault = "a player could not join a room";
		}
		else if (this.responses++ == 0) {
			send(MessageType.REQUEST, 2, this.kind + ".join", "{}");
		}
		else {
			this.joined = true;
		}
	}

	@Override
	void move(int dx, int dy) {
		send(MessageType.NOTIFY, 0, this.kind + ".move", "{\"dx\":%d,\"dy\":%d}".formatted(dx, dy));
	}

	private void send(MessageType type, long id, String route, String body) {
		ByteBuf out = Unpooled.buffer();
		messages.encodePacket(out, type, id, route, body.getBytes(StandardCharsets.UTF_8), false, false);
		send(out);
	}

}
