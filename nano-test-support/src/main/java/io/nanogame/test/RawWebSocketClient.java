package io.nanogame.test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A client that sends packets in WebSocket frames, and expects one packet per frame from
 * the server, as the protocol page requires.
 */
public final class RawWebSocketClient extends RawClient {

	private static final String EXTENSIONS = "Sec-WebSocket-Extensions: ";

	private static final int FIN = 0x80;

	private static final int BINARY = 0x82;

	private static final int CLOSE = 0x88;

	private static final int PING = 0x89;

	private static final int PONG = 0x8A;

	/** Pongs that were received while another frame was expected. */
	private final Queue<byte[]> pongs = new ArrayDeque<>();

	/** The payload of the received close frame; empty before. */
	private byte[] closeFrame = new byte[0];

	private boolean closeSent;

	/** The accepted extensions. */
	private String extensions = "";

	/** How many pings were received, which are never answered. */
	private int pings;

	RawWebSocketClient(Socket connected, String uri, String... headers) {
		super(new SocketLink(connected));
		StringBuilder request = new StringBuilder("GET " + uri + " HTTP/1.1\r\nHost: 127.0.0.1:" + connected.getPort()
				+ "\r\n" + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
		for (String header : headers) {
			request.append(header).append("\r\n");
		}
		sendBytes(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
		String status = readHeader();
		if (!status.contains(" 101 ")) {
			close();
			throw new RefusedException(status);
		}
		String line;
		boolean accepted = false;
		while (!(line = readHeader()).isEmpty()) {
			if (line.regionMatches(true, 0, EXTENSIONS, 0, EXTENSIONS.length())) {
				this.extensions = line.substring(EXTENSIONS.length());
			}
			accepted |= line.equalsIgnoreCase("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
		}
		if (!accepted) {
			throw new AssertionError("The server did not accept the WebSocket key");
		}
	}

	/**
	 * Returns the extensions that the server has accepted.
	 * @return the value of the header, or an empty string
	 */
	public String extensions() {
		return this.extensions;
	}

	private String readHeader() {
		String line = readLine();
		return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
	}

	@Override
	public RawClient send(byte[] packets) {
		return sendFrame(BINARY, packets);
	}

	/**
	 * Writes one frame.
	 * @param firstByte FIN, reserved bits and opcode
	 * @param payload is masked
	 * @return this
	 */
	public RawClient sendFrame(int firstByte, byte[] payload) {
		this.closeSent |= firstByte == CLOSE;
		return sendBytes(frame(firstByte, payload));
	}

	/**
	 * Encodes a client's frame.
	 * @param firstByte FIN, reserved bits and opcode
	 * @param payload is masked
	 * @return header and payload
	 */
	public static byte[] frame(int firstByte, byte[] payload) {
		int length = payload.length;
		int lengthBytes = (length < 126) ? 0 : (length <= 0xFFFF) ? 2 : 8;
		byte[] frame = new byte[2 + lengthBytes + 4 + length];
		frame[0] = (byte) firstByte;
		frame[1] = (byte) (0x80 | ((lengthBytes == 0) ? length : (lengthBytes == 2) ? 126 : 127));
		for (int i = 0; i < lengthBytes; i++) {
			int shift = 8 * (lengthBytes - 1 - i);
			frame[2 + i] = (byte) ((shift > 31) ? 0 : length >> shift);
		}
		byte[] mask = new byte[4];
		ThreadLocalRandom.current().nextBytes(mask);
		System.arraycopy(mask, 0, frame, 2 + lengthBytes, 4);
		for (int i = 0; i < length; i++) {
			frame[6 + lengthBytes + i] = (byte) (payload[i] ^ mask[i & 3]);
		}
		return frame;
	}

	@Override
	String replyToClose() {
		return (this.closeFrame.length < 2) ? "" : "close " + reply() + ", ";
	}

	/** Replies to the close frame of the server, and returns its code and reason. */
	private String reply() {
		if (!this.closeSent) {
			try {
				sendFrame(CLOSE, Arrays.copyOf(this.closeFrame, 2));
			}
			catch (UncheckedIOException ex) {
				// The server did not wait for the reply.
			}
		}
		ByteBuffer payload = ByteBuffer.wrap(this.closeFrame);
		return payload.getShort() + " " + StandardCharsets.UTF_8.decode(payload);
	}

	@Override
	public RawPacket read() {
		byte[] payload = readFrame(BINARY);
		RawPacket packet = readPacket(new DataInputStream(new ByteArrayInputStream(payload)));
		if (payload.length != 4 + packet.body().length) {
			throw new AssertionError("A frame must hold exactly one packet");
		}
		return packet;
	}

	/**
	 * Returns how many pings were received. They are not answered.
	 * @return the number
	 */
	public int pings() {
		return this.pings;
	}

	/**
	 * Reads a pong.
	 * @return its payload
	 */
	public byte[] readPong() {
		byte[] early = this.pongs.poll();
		return (early != null) ? early : readFrame(PONG);
	}

	/**
	 * Reads a text message, which may consist of several frames.
	 * @return its payload
	 */
	public String readTextMessage() {
		ByteArrayOutputStream text = new ByteArrayOutputStream();
		int opcode = 1;
		Frame frame;
		do {
			frame = nextFrame(opcode);
			if ((frame.first & ~FIN) != opcode) {
				throw new AssertionError("Unexpected frame " + Integer.toHexString(frame.first));
			}
			text.writeBytes(frame.payload);
			opcode = 0;
		}
		while ((frame.first & FIN) == 0);
		return text.toString(StandardCharsets.UTF_8);
	}

	/**
	 * Reads a binary message of one frame.
	 * @return its payload
	 */
	public byte[] readBinaryMessage() {
		return readFrame(BINARY);
	}

	/**
	 * Reads a close frame, which must be the next frame, and replies to it.
	 * @return its code and its reason, separated by a space
	 */
	public String readClose() {
		Frame frame = receiveFrame();
		if (frame.first != CLOSE) {
			throw new AssertionError("Unexpected frame " + Integer.toHexString(frame.first));
		}
		this.closeFrame = frame.payload;
		return reply();
	}

	private byte[] readFrame(int expected) {
		Frame frame = nextFrame(expected & ~FIN);
		if (frame.first != expected) {
			throw new AssertionError("Unexpected frame " + Integer.toHexString(frame.first));
		}
		return frame.payload;
	}

	/**
	 * Reads up to the next frame, putting pings and pongs aside unless a pong is
	 * expected.
	 */
	private Frame nextFrame(int opcode) {
		if (this.closeFrame.length > 0) {
			throw new ClosedException(new IOException("close frame"));
		}
		while (true) {
			Frame frame = receiveFrame();
			if (frame.first == CLOSE) {
				this.closeFrame = frame.payload;
				throw new ClosedException(new IOException("close frame"));
			}
			if (frame.first == PING) {
				this.pings++;
			}
			else if (frame.first == PONG && opcode != (PONG & ~FIN)) {
				this.pongs.add(frame.payload);
			}
			else {
				return frame;
			}
		}
	}

	/**
	 * Reads the next frame, whatever it is.
	 * @return the frame
	 * @throws ClosedException at the end of the connection
	 */
	public Frame receiveFrame() {
		try {
			int first = this.in.readUnsignedByte();
			int length = this.in.readUnsignedByte();
			if (length == 126) {
				length = this.in.readUnsignedShort();
			}
			else if (length == 127) {
				length = (int) this.in.readLong();
			}
			byte[] payload = new byte[length];
			this.in.readFully(payload);
			return new Frame(first, payload);
		}
		catch (InterruptedIOException ex) {
			throw new AssertionError("Nothing was received from the server in time", ex);
		}
		catch (IOException ex) {
			throw new ClosedException(ex);
		}
	}

	/**
	 * A frame of the server.
	 *
	 * @param first FIN, reserved bits and opcode
	 * @param payload the payload
	 */
	public record Frame(int first, byte[] payload) {
	}

	/** Thrown when the server has rejected the upgrade. */
	public static final class RefusedException extends RuntimeException {

		RefusedException(String status) {
			super(status);
		}

	}

}
