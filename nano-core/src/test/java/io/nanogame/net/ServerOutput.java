package io.nanogame.net;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.Kick;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageDecoder;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.protocol.RouteNames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything a server sent on one connection, read as a strict client would. Fails when
 * that is impossible.
 */
final class ServerOutput {

	private static final int BINARY = 0x82;

	private static final int CLOSE = 0x88;

	private static final int PONG = 0x8A;

	/** The status lines of HTTP responses, if it was HTTP at first. */
	final List<String> statuses = new ArrayList<>();

	final List<HandshakeResponse> handshakes = new ArrayList<>();

	final List<Message> messages = new ArrayList<>();

	final List<byte[]> pongs = new ArrayList<>();

	int heartbeats;

	/** What the client was told when it was kicked; empty when it was not. */
	String kick = "";

	boolean closeFrame;

	private final MessageDecoder messageDecoder;

	ServerOutput(byte[] bytes, RouteDictionary dictionary) {
		this.messageDecoder = new MessageDecoder(dictionary, new RouteNames(List.of()), 0);
		ByteBuf in = Unpooled.wrappedBuffer(bytes);
		boolean webSocket = false;
		while (startsWithHttp(in)) {
			webSocket = http(in);
		}
		if (webSocket) {
			frames(in);
		}
		else {
			packets(in);
		}
		assertThat(in.isReadable()).as("something that is not finished").isFalse();
	}

	private static boolean startsWithHttp(ByteBuf in) {
		return in.isReadable() && in.getByte(in.readerIndex()) == 'H';
	}

	/** Returns whether WebSocket frames follow. */
	private boolean http(ByteBuf in) {
		String head = in.toString(StandardCharsets.UTF_8);
		int end = head.indexOf("\r\n\r\n");
		assertThat(end).as("end of the HTTP header").isPositive();
		String[] lines = head.substring(0, end).split("\r\n");
		in.skipBytes(head.substring(0, end + 4).getBytes(StandardCharsets.UTF_8).length);
		this.statuses.add(lines[0]);
		for (String line : lines) {
			// The answer to HEAD tells the length of a body that does not come.
			if (line.startsWith("content-length: ") && in.isReadable()) {
				in.skipBytes(Integer.parseInt(line.substring(16)));
			}
		}
		return lines[0].startsWith("HTTP/1.1 101 ");
	}

	private void frames(ByteBuf in) {
		while (in.isReadable()) {
			assertThat(this.closeFrame).as("something behind the close frame").isFalse();
			int first = in.readUnsignedByte();
			int length = in.readUnsignedByte();
			if (length == 126) {
				length = in.readUnsignedShort();
				assertThat(length).isGreaterThan(125);
			}
			else if (length == 127) {
				length = Math.toIntExact(in.readLong());
				assertThat(length).isGreaterThan(0xFFFF);
			}
			ByteBuf payload = in.readSlice(length);
			switch (first) {
				case BINARY -> {
					assertThat(packets(payload)).as("packets in a frame").isEqualTo(1);
					assertThat(payload.isReadable()).isFalse();
				}
				case PONG -> this.pongs.add(ByteBufUtil.getBytes(payload));
				case CLOSE -> this.closeFrame = true;
				default -> throw new AssertionError("a frame that begins with " + first);
			}
			assertThat(first == BINARY || length <= 125).isTrue();
		}
	}

	private int packets(ByteBuf in) {
		int[] count = new int[1];
		new PacketDecoder(PacketDecoder.MAX_BODY_LENGTH).decode(in, (type, body, length) -> {
			count[0]++;
			packet(type, body, length);
			return true;
		});
		return count[0];
	}

	private void packet(PacketType type, ByteBuf in, int length) {
		assertThat(this.kick).as("something behind the kick").isEmpty();
		switch (type) {
			case HANDSHAKE -> this.handshakes.add(HandshakeResponse.parse(read(in, length)));
			case HEARTBEAT -> {
				assertThat(length).isZero();
				this.heartbeats++;
			}
			case DATA -> message(this.messageDecoder.decode(in, length));
			case KICK -> {
				this.kick = Kick.parse(read(in, length)).reason();
				assertThat(this.kick).isNotEmpty();
			}
			case HANDSHAKE_ACK -> throw new AssertionError("a server does not acknowledge");
		}
	}

	private void message(Message message) {
		assertThat(this.heartbeats).as("heartbeats before the first message").isPositive();
		assertThat(message.type()).isIn(MessageType.RESPONSE, MessageType.PUSH);
		this.messages.add(message);
	}

	List<Long> answered() {
		return this.messages.stream()
			.filter((message) -> message.type() == MessageType.RESPONSE)
			.map(Message::id)
			.sorted()
			.toList();
	}

	private static byte[] read(ByteBuf in, int length) {
		return ByteBufUtil.getBytes(in.readSlice(length));
	}

}
