package io.nanogame.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import io.nanogame.protocol.PacketType;
import io.nanogame.test.RawClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What clients send, for fuzzers to begin with: whole visits to a {@link FuzzedServer},
 * as chunks, and the vectors of the protocol.
 */
final class FuzzedInputs {

	static final byte[] UPGRADE = ("GET /?a=b HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
			+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
		.getBytes(StandardCharsets.US_ASCII);

	/** The same with compressed messages. */
	static final byte[] COMPRESSED_UPGRADE = new String(UPGRADE, StandardCharsets.US_ASCII)
		.replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n")
		.getBytes(StandardCharsets.US_ASCII);

	static final byte[] ACK = { 2, 0, 0, 0 };

	private static final byte[] HEARTBEAT = { 3, 0, 0, 0 };

	private static final List<String> HANDSHAKES = List.of("",
			"{\"sys\":{\"type\":\"js-websocket\",\"version\":\"0.0.1\"},\"user\":{\"name\":\"ann\"}}",
			"{\"sys\":{\"platform\":\"mac\",\"libVersion\":\"0.3.5-release\"},\"user\":{}}");

	private static final List<String> ROUTES = List.of("test.echo", "test.fast", "test.later", "test.deferred",
			"test.refuse", "test.push", "test.join", "test.close", "test.kick", "test.typed", "no.such", "");

	private FuzzedInputs() {
	}

	/** Visits, each of them packets. */
	static Stream<List<byte[]>> visits() {
		List<List<byte[]>> visits = new ArrayList<>();
		for (String handshake : HANDSHAKES) {
			visits.add(visit(handshake, HEARTBEAT));
			for (String route : ROUTES) {
				visits.add(visit(handshake, request(1, route, "{\"name\":\"ann\",\"age\":3,\"scores\":[0.5]}"),
						request(300, route, "{}"), data(2, -1, route, new byte[0])));
			}
			visits
				.add(visit(handshake, ROUTES.stream().map((route) -> request(2, route, "{}")).toArray(byte[][]::new)));
		}
		visits.add(visit("{}", visit("{}", HEARTBEAT).toArray(byte[][]::new)));
		return Stream.concat(visits.stream(), vectors());
	}

	private static List<byte[]> visit(String handshake, byte[]... packets) {
		List<byte[]> visit = new ArrayList<>();
		visit.add(packet(PacketType.HANDSHAKE, handshake.getBytes(StandardCharsets.UTF_8)));
		visit.add(ACK);
		visit.addAll(List.of(packets));
		return visit;
	}

	/** Streams as they are; messages behind a handshake. */
	private static Stream<List<byte[]>> vectors() {
		try (InputStream in = FuzzedInputs.class.getResourceAsStream("/vectors.json")) {
			return new JsonMapper().readTree(in)
				.path("vectors")
				.valueStream()
				.filter((vector) -> !vector.has("repeat"))
				.map(FuzzedInputs::vector)
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<byte[]> vector(JsonNode vector) {
		byte[] bytes = HexFormat.of().parseHex(vector.path("hex").asString());
		if (vector.path("layer").asString().equals("message")) {
			return visit("", packet(PacketType.DATA, bytes));
		}
		List<byte[]> chunks = vector.path("chunks")
			.valueStream()
			.map((chunk) -> HexFormat.of().parseHex(chunk.asString()))
			.toList();
		return chunks.isEmpty() ? List.of(bytes) : chunks;
	}

	static byte[] request(long id, String route, String body) {
		return data(0, id, route, body.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] data(int flag, long id, String route, byte[] body) {
		return packet(PacketType.DATA, RawClient.message(flag, id, route, body));
	}

	static byte[] packet(PacketType type, byte[] body) {
		return RawClient.packet(type.code(), body);
	}

	/** A client's frame whose mask hides nothing from a fuzzer. */
	static byte[] frame(int firstByte, byte[] payload) {
		return frame(firstByte, 0, payload);
	}

	/**
	 * A client's frame, written byte by byte as RFC 6455 has it.
	 * @param firstByte FIN, reserved bits and opcode
	 * @param mask its four bytes
	 * @param payload not yet masked
	 */
	static byte[] frame(int firstByte, int mask, byte[] payload) {
		ByteBuf frame = Unpooled.buffer(payload.length + 14).writeByte(firstByte);
		if (payload.length < 126) {
			frame.writeByte(0x80 | payload.length);
		}
		else if (payload.length < 0x10000) {
			frame.writeByte(0x80 | 126).writeShort(payload.length);
		}
		else {
			frame.writeByte(0x80 | 127).writeLong(payload.length);
		}
		frame.writeInt(mask);
		for (int i = 0; i < payload.length; i++) {
			frame.writeByte(payload[i] ^ mask >> (24 - 8 * (i & 3)));
		}
		return ByteBufUtil.getBytes(frame);
	}

}
