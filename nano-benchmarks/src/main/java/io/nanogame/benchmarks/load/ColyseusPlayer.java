package io.nanogame.benchmarks.load;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A player of Colyseus 0.17. Its frames begin with a code; see the package
 * {@code @colyseus/shared-types}, Protocol.
 */
final class ColyseusPlayer extends RoomPlayer {

	private static final int JOIN_ROOM = 10;

	private static final int ROOM_DATA = 13;

	private static final int ROOM_STATE = 14;

	private static final int ROOM_STATE_PATCH = 15;

	/** Codes of MessagePack. */
	private static final int TEXT = 0xA0;

	private static final int MAP_OF_TWO = 0x82;

	@Override
	void opened() {
		// The server begins.
	}

	@Override
	void received(ByteBuf in) {
		switch (in.readByte()) {
			case JOIN_ROOM -> send(Unpooled.buffer(1).writeByte(JOIN_ROOM));
			case ROOM_STATE -> {
				this.joined = true;
				this.states++;
			}
			case ROOM_STATE_PATCH -> this.states++;
			default -> {
			}
		}
	}

	/** Both numbers are 0 to 127. */
	@Override
	void move(int dx, int dy) {
		ByteBuf out = text(Unpooled.buffer().writeByte(ROOM_DATA), "move").writeByte(MAP_OF_TWO);
		text(text(out, "dx").writeByte(dx), "dy").writeByte(dy);
		send(out);
	}

	private static ByteBuf text(ByteBuf out, String text) {
		out.writeByte(TEXT | text.length()).writeCharSequence(text, StandardCharsets.US_ASCII);
		return out;
	}

}
