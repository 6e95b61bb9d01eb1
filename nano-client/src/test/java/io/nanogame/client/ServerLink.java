package io.nanogame.client;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

import io.nanogame.protocol.Acknowledgement;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageDecoder;
import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeReply.State;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.protocol.RouteNames;
import io.nanogame.test.RawPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import static org.assertj.core.api.Assertions.assertThat;

/** The server's side of one connection, as a test prescribes it. */
final class ServerLink {

	static final int ACK = 2;

	private static final MessageDecoder MESSAGES = new MessageDecoder(RouteDictionary.EMPTY, new RouteNames(Set.of()),
			1 << 24);

	private final Socket socket;

	private final boolean webSocket;

	private final DataInputStream in;

	private final OutputStream out;

	/** The code of the client's close frame; 0 before, or if it contains none. */
	private int closeCode;

	ServerLink(Socket socket, boolean webSocket) throws IOException {
		this.socket = socket;
		this.webSocket = webSocket;
		this.out = socket.getOutputStream();
		socket.setSoTimeout(20_000);
		InputStream bytes = socket.getInputStream();
		if (webSocket) {
			upgrade(bytes);
			bytes = new Frames(new DataInputStream(bytes));
		}
		this.in = new DataInputStream(bytes);
	}

	private void upgrade(InputStream bytes) throws IOException {
		String key = "";
		for (String line = line(bytes); !line.isEmpty(); line = line(bytes)) {
			if (line.toLowerCase().startsWith("sec-websocket-key: ")) {
				key = line.substring("sec-websocket-key: ".length());
			}
		}
		try {
			byte[] digest = MessageDigest.getInstance("SHA-1")
				.digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
			sendRaw(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
					+ "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String line(InputStream bytes) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int b = bytes.read(); b != '\n'; b = bytes.read()) {
			if (b < 0) {
				throw new SocketException("The client has closed the connection");
			}
			line.append((char) b);
		}
		return line.toString().strip();
	}

	// In

	/** Reads a packet; fails at the end of the connection. */
	RawPacket read() throws IOException {
		int header = this.in.readInt();
		return new RawPacket(header >>> 24, this.in.readNBytes(header & 0xFFFFFF));
	}

	/** Reads the handshake and returns what it asks for. */
	ResumeRequest readHandshake() throws IOException {
		RawPacket handshake = read();
		assertThat(handshake.type()).isEqualTo(RawPacket.HANDSHAKE);
		return HandshakeRequest.parse(handshake.body()).resume();
	}

	/** Reads the next packet, which is a DATA packet. */
	Message readMessage() throws IOException {
		RawPacket packet = read();
		assertThat(packet.type()).isEqualTo(RawPacket.DATA);
		return message(packet);
	}

	/** Reads messages, and returns their bodies. */
	String[] readBodies(int count) throws IOException {
		String[] bodies = new String[count];
		for (int i = 0; i < count; i++) {
			bodies[i] = text(readMessage());
		}
		return bodies;
	}

	/** Reads the next packet, which is an acknowledgement, and returns its number. */
	long readAcknowledgement() throws IOException {
		RawPacket packet = read();
		assertThat(packet.type()).isEqualTo(RawPacket.HEARTBEAT);
		return acknowledgement(packet);
	}

	static long acknowledgement(RawPacket heartbeat) {
		return Acknowledgement.read(Unpooled.wrappedBuffer(heartbeat.body()), heartbeat.body().length);
	}

	void readType(int type) throws IOException {
		assertThat(read().type()).isEqualTo(type);
	}

	/**
	 * Reads until the client ends the connection; returns the type of the last packet.
	 */
	int readToEnd() {
		int last = 0;
		try {
			while (true) {
				last = read().type();
			}
		}
		catch (IOException ex) {
			return last;
		}
	}

	int closeCode() {
		return this.closeCode;
	}

	static Message message(RawPacket packet) {
		return MESSAGES.decode(Unpooled.wrappedBuffer(packet.body()), packet.body().length);
	}

	static String text(Message message) {
		return new String(message.body(), StandardCharsets.UTF_8);
	}

	// Out

	/**
	 * Accepts the client: sends the reply to its handshake and reads its acknowledgement.
	 */
	void accept(ResumeReply resume) throws IOException {
		reply(200, sys(resume));
		readType(ACK);
	}

	static ResumeReply reply(String token, State state, long received) {
		return ResumeReply.of(token, 30, state, received);
	}

	static String sys(ResumeReply resume) {
		return "{\"heartbeat\":0,\"resume\":%s}".formatted(new String(resume.toJson(), StandardCharsets.UTF_8));
	}

	/** Sends the reply to a handshake. */
	void reply(int code, String sys) throws IOException {
		send(RawPacket.HANDSHAKE, "{\"code\":%d,\"sys\":%s}".formatted(code, sys).getBytes(StandardCharsets.UTF_8));
	}

	void acknowledge(long received) throws IOException {
		byte[] packet = Acknowledgement.packet(received);
		send(RawPacket.HEARTBEAT, Arrays.copyOfRange(packet, 4, packet.length));
	}

	void push(String route, String body) throws IOException {
		send(Message.push(route, body.getBytes(StandardCharsets.UTF_8)));
	}

	void respond(Message request, String body) throws IOException {
		send(Message.response(request.id(), body.getBytes(StandardCharsets.UTF_8)));
	}

	void send(Message message) throws IOException {
		sendRaw(framed(packet(message)));
	}

	void send(int type, byte[] body) throws IOException {
		sendRaw(framed(packet(type, body)));
	}

	/** Sends the first bytes of a packet, and of its frame. */
	void sendPart(byte[] packet, int length) throws IOException {
		sendRaw(Arrays.copyOf(framed(packet), length));
	}

	static byte[] packet(Message message) {
		ByteBuf out = Unpooled.buffer();
		new MessageEncoder(RouteDictionary.EMPTY).encodePacket(out, message, true);
		byte[] packet = new byte[out.readableBytes()];
		out.readBytes(packet);
		return packet;
	}

	static byte[] packet(int type, byte[] body) {
		ByteBuf out = Unpooled.buffer().writeInt(type << 24 | body.length).writeBytes(body);
		return Arrays.copyOf(out.array(), out.readableBytes());
	}

	/** Returns the bytes on the wire. */
	byte[] framed(byte[] packet) {
		return this.webSocket ? frame(2, packet) : packet;
	}

	/** Closes a WebSocket with a code. */
	void closeWith(int code) throws IOException {
		sendRaw(frame(8, new byte[] { (byte) (code >> 8), (byte) code }));
	}

	private static byte[] frame(int type, byte[] payload) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.write(0x80 | type);
		if (payload.length < 126) {
			frame.write(payload.length);
		}
		else {
			frame.write(126);
			frame.write(payload.length >> 8);
			frame.write(payload.length);
		}
		frame.writeBytes(payload);
		return frame.toByteArray();
	}

	void sendRaw(byte[] bytes) throws IOException {
		this.out.write(bytes);
		this.out.flush();
	}

	/** Closes the connection without any goodbye. */
	void cut() throws IOException {
		this.socket.close();
	}

	/** The payloads of a WebSocket's frames as a stream. */
	private final class Frames extends InputStream {

		private final DataInputStream frames;

		private byte[] payload = new byte[0];

		private int index;

		Frames(DataInputStream frames) {
			this.frames = frames;
		}

		@Override
		public int read() throws IOException {
			while (this.index == this.payload.length) {
				if (!next()) {
					return -1;
				}
			}
			return this.payload[this.index++] & 0xFF;
		}

		private boolean next() throws IOException {
			int type = this.frames.read();
			if (type < 0) {
				return false;
			}
			int length = this.frames.readUnsignedByte() & 0x7F;
			int actual = (length == 126) ? this.frames.readUnsignedShort()
					: (length == 127) ? (int) this.frames.readLong() : length;
			byte[] mask = new byte[4];
			this.frames.readFully(mask);
			this.payload = new byte[actual];
			this.frames.readFully(this.payload);
			for (int i = 0; i < actual; i++) {
				this.payload[i] ^= mask[i % 4];
			}
			this.index = 0;
			if ((type & 0xF) != 8) {
				return true;
			}
			ServerLink.this.closeCode = (actual >= 2) ? (this.payload[0] & 0xFF) << 8 | (this.payload[1] & 0xFF) : 0;
			return false;
		}

	}

}
