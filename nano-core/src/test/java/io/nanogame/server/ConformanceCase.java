package io.nanogame.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawWebSocketClient;
import io.nanogame.test.RawWebSocketClient.Frame;

/**
 * A case of the Autobahn test suite: what the client sends, and what an echo server must
 * send. Written against RFC 6455, not with this project's codecs.
 */
final class ConformanceCase {

	static final int TEXT = 0x81;

	static final int BINARY = 0x82;

	static final int PING = 0x89;

	static final int PONG = 0x8A;

	static final int CLOSE = 0x88;

	/** The first fragment of a text message. */
	static final int TEXT_BEGINS = 0x01;

	static final int BINARY_BEGINS = 0x02;

	static final int CONTINUES = 0x00;

	static final int ENDS = 0x80;

	private static final int WHOLE = 0;

	private final String number;

	private final List<byte[]> sent = new ArrayList<>();

	private final List<String> expected = new ArrayList<>();

	/** The maximum number of bytes of a write; 0 for no limit. */
	private int chop = WHOLE;

	/** Whether the client closes at the end of the case. */
	private boolean closes = true;

	ConformanceCase(String number) {
		this.number = number;
	}

	/** Writes in pieces of so many bytes. */
	ConformanceCase chopped(int bytes) {
		this.chop = bytes;
		return this;
	}

	ConformanceCase send(int first, byte[] payload) {
		this.sent.add(RawWebSocketClient.frame(first, payload));
		this.closes &= first != CLOSE;
		return this;
	}

	ConformanceCase send(int first, String payload) {
		return send(first, bytes(payload));
	}

	/** Sends bytes that are not a frame. */
	ConformanceCase sendBytes(byte[] bytes) {
		this.sent.add(bytes);
		return this;
	}

	/** Sends a message in fragments of so many bytes. */
	ConformanceCase fragments(int begins, byte[] payload, int size) {
		for (int from = 0; from < payload.length; from += size) {
			int to = Math.min(payload.length, from + size);
			int opcode = (from == 0) ? begins : CONTINUES;
			send((to == payload.length) ? opcode | ENDS : opcode, Arrays.copyOfRange(payload, from, to));
		}
		return this;
	}

	ConformanceCase close(int code, byte[] reason) {
		return send(CLOSE, ByteBuffer.allocate(2 + reason.length).putShort((short) code).put(reason).array());
	}

	ConformanceCase expect(int first, byte[] payload) {
		this.expected.add(describe(new Frame(first, payload)));
		return this;
	}

	ConformanceCase expect(int first, String payload) {
		return expect(first, bytes(payload));
	}

	ConformanceCase echo(int first, byte[] payload) {
		return send(first, payload).expect(first, payload);
	}

	ConformanceCase echo(int first, String payload) {
		return echo(first, bytes(payload));
	}

	/** The server must close with a code, whatever the client does afterwards. */
	ConformanceCase closed(int code) {
		this.closes = false;
		this.expected.add("close " + code);
		return this;
	}

	/** Plays the case. Returns the frames that the server has sent. */
	List<String> play(RawWebSocketClient client) {
		if (this.closes) {
			close(1000, new byte[0]).closed(1000);
		}
		write(client);
		List<String> received = new ArrayList<>();
		try {
			while (true) {
				received.add(describe(client.receiveFrame()));
			}
		}
		catch (RawClient.ClosedException ex) {
			return received;
		}
	}

	private void write(RawWebSocketClient client) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		this.sent.forEach(all::writeBytes);
		byte[] bytes = all.toByteArray();
		int size = (this.chop == WHOLE) ? bytes.length : this.chop;
		for (int from = 0; from < bytes.length; from += size) {
			client.sendBytes(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
		}
	}

	List<String> expected() {
		return this.expected;
	}

	private static String describe(Frame frame) {
		byte[] payload = frame.payload();
		if (frame.first() == CLOSE) {
			return "close " + ((payload.length > 1) ? ByteBuffer.wrap(payload).getShort() & 0xFFFF : "");
		}
		return Integer.toHexString(frame.first()) + " " + ((payload.length <= 128) ? HexFormat.of().formatHex(payload)
				: payload.length + " bytes, hash " + Arrays.hashCode(payload));
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return this.number;
	}

}
