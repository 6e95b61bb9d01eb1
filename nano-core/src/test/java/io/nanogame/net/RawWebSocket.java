package io.nanogame.net;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.test.DeflatedMessage;
import io.nanogame.test.FuzzedStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The kinds of raw WebSockets that connect to a {@link FuzzedServer}.
 */
enum RawWebSocket {

	PLAIN(FuzzedInputs.UPGRADE, List.of(0x81, 0x82, 0x88, 0x8A)),

	COMPRESSED(FuzzedInputs.COMPRESSED_UPGRADE, List.of(0x81, 0x82, 0xC1, 0xC2, 0x88, 0x8A));

	private static final String EXTENSION = "permessage-deflate";

	private final byte[] upgrade;

	/** The first bytes of the frames that the server may send. */
	private final List<Integer> frames;

	RawWebSocket(byte[] upgrade, List<Integer> frames) {
		this.upgrade = upgrade;
		this.frames = frames;
	}

	/** Connects a client that has sent its upgrade. */
	FuzzedClient connect(FuzzedServer server) {
		FuzzedClient client = server.connect(List.of("raw"));
		client.send(this.upgrade);
		return client;
	}

	/**
	 * Shows that a server sends correct frames to a client that sends any bytes, serves
	 * others, and retains nothing of the client.
	 */
	void visit(byte[] input) {
		FuzzedServer server = new FuzzedServer();
		FuzzedClient hostile = connect(server);
		hostile.send(FuzzedStream.of(input).chunks());
		if (input.length % 2 == 0) {
			hostile.settle();
		}
		else {
			hostile.hangUp();
		}
		messages(hostile);
		server.serves();
		hostile.hangUp();
		server.isEmpty(2);
	}

	/** Returns the data messages that a client has received among correct frames. */
	List<byte[]> messages(FuzzedClient client) {
		byte[] received = client.received();
		String head = new String(received, StandardCharsets.ISO_8859_1);
		int end = head.indexOf("\r\n\r\n") + 4;
		assertThat(head).startsWith("HTTP/1.1 101 ");
		assertThat(head.substring(0, end).contains(EXTENSION)).isEqualTo(this == COMPRESSED);
		ByteBuf in = Unpooled.wrappedBuffer(received).skipBytes(end);
		List<byte[]> messages = new ArrayList<>();
		boolean closed = false;
		while (in.isReadable()) {
			assertThat(closed).as("bytes after the close frame").isFalse();
			int first = in.readUnsignedByte();
			assertThat(first).isIn(this.frames);
			byte[] message = message(first, payload(in));
			if ((first & 0xF) < 8) {
				messages.add(message);
			}
			closed = first == 0x88;
		}
		return messages;
	}

	private static byte[] payload(ByteBuf in) {
		int length = in.readUnsignedByte();
		length = (length == 126) ? in.readUnsignedShort() : length;
		assertThat(length).isLessThanOrEqualTo(FuzzedServer.MAX_PACKET_LENGTH);
		return ByteBufUtil.getBytes(in.readSlice(length));
	}

	private static byte[] message(int first, byte[] payload) {
		byte[] message = ((first & 0x40) != 0) ? DeflatedMessage.inflate(payload) : payload;
		boolean text = (first & 0xF) == 1;
		assertThat(!text || new Utf8Check().isValid(Unpooled.wrappedBuffer(message), 0, message.length)).isTrue();
		return message;
	}

	/**
	 * Creates the frames of a message with one byte in each fragment, a ping behind each,
	 * and a mask.
	 * @param first the first byte of the first frame, without the bit of the last
	 * fragment
	 */
	static List<byte[]> fragments(int first, byte[] payload) {
		List<byte[]> frames = new ArrayList<>();
		frames.add(FuzzedInputs.frame(first, new byte[0]));
		for (byte next : payload) {
			frames.add(FuzzedInputs.frame(0x00, 0x01020304, new byte[] { next }));
			frames.add(FuzzedInputs.frame(0x89, new byte[0]));
		}
		frames.add(FuzzedInputs.frame(0x80, new byte[0]));
		return frames;
	}

}
