package io.nanogame.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A client of bare sockets that knows as little as possible, so that it can say what no
 * proper client would. Written against the protocol page, not against our codecs. Blocks;
 * one thread may write while another reads.
 */
public abstract class RawClient implements AutoCloseable {

	/** How long a test waits for what must come. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String JS_HANDSHAKE = "{\"sys\":{\"type\":\"js-websocket\",\"version\":\"0.0.1\"}}";

	final Socket socket;

	final DataInputStream in;

	final OutputStream out;

	RawClient(Socket connected) {
		this.socket = connected;
		try {
			this.socket.setTcpNoDelay(true);
			this.socket.setSoTimeout((int) PATIENCE.toMillis());
			this.in = new DataInputStream(new BufferedInputStream(this.socket.getInputStream()));
			this.out = this.socket.getOutputStream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Socket connect(int port, int receiveBuffer) {
		try {
			Socket socket = new Socket();
			if (receiveBuffer > 0) {
				socket.setReceiveBufferSize(receiveBuffer);
			}
			socket.connect(new InetSocketAddress("127.0.0.1", port));
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static RawClient tcp(int port) {
		return tcp(connect(port, 0));
	}

	/**
	 * A client on a socket of its own, such as one that speaks TLS.
	 * @param connected is the client's from now on
	 * @return a client of bare packets
	 */
	public static RawClient tcp(Socket connected) {
		return new RawTcpClient(connected);
	}

	/**
	 * A client that can be made to read slowly, because the system buffers little for it.
	 * @param port the game port
	 * @return a connected client
	 */
	public static RawClient tcpWithSmallBuffer(int port) {
		return tcp(connect(port, 4096));
	}

	public static RawClient webSocket(int port) {
		return webSocket(port, "/nano");
	}

	public static RawClient webSocket(int port, String uri, String... headers) {
		return webSocket(connect(port, 0), uri, headers);
	}

	/**
	 * A client on a socket of its own, such as one that speaks TLS.
	 * @param connected is the client's from now on
	 * @param uri path and query
	 * @param headers lines of HTTP
	 * @return a client of packets in frames
	 */
	public static RawClient webSocket(Socket connected, String uri, String... headers) {
		return new RawWebSocketClient(connected, uri, headers);
	}

	/**
	 * Writes a stream of packets: bare, or as one binary frame.
	 * @param packets the bytes
	 * @return this
	 */
	public abstract RawClient send(byte[] packets);

	/**
	 * Reads a packet.
	 * @return the packet
	 * @throws ClosedException when the server has closed instead
	 */
	public abstract RawPacket read();

	/**
	 * Writes bytes to the socket as they are.
	 * @param bytes what to write
	 * @return this
	 */
	public RawClient sendBytes(byte[] bytes) {
		try {
			this.out.write(bytes);
			this.out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	public RawClient sendHex(String hex) {
		return send(HexFormat.of().parseHex(hex.replace(" ", "")));
	}

	/**
	 * Handshake as a browser, ack, and the server's first heartbeat.
	 * @return this
	 */
	public RawClient handshake() {
		handshake(JS_HANDSHAKE);
		return this;
	}

	/**
	 * Handshake, ack, and the server's first heartbeat.
	 * @param json the body
	 * @return the server's answer
	 */
	public String handshake(String json) {
		send(packet(RawPacket.HANDSHAKE, json.getBytes(StandardCharsets.UTF_8)));
		RawPacket answer = read();
		expectType(answer, RawPacket.HANDSHAKE);
		sendHex("02000000");
		expectType(read(), RawPacket.HEARTBEAT);
		return answer.text();
	}

	private static void expectType(RawPacket packet, int type) {
		if (packet.type() != type) {
			throw new AssertionError("Expected a packet of type " + type + " but got " + packet);
		}
	}

	public RawClient request(long id, String route, String body) {
		return send(packet(RawPacket.DATA, message(0, id, route, body.getBytes(StandardCharsets.UTF_8))));
	}

	public RawClient notify(String route, String body) {
		return send(packet(RawPacket.DATA, message(2, -1, route, body.getBytes(StandardCharsets.UTF_8))));
	}

	/**
	 * Reads up to the next packet that is no heartbeat.
	 * @return the packet
	 */
	public RawPacket readData() {
		RawPacket packet;
		do {
			packet = read();
		}
		while (packet.type() == RawPacket.HEARTBEAT);
		return packet;
	}

	/**
	 * Reads up to the answer of a request, dropping pushes.
	 * @param id the id of the request
	 * @return its payload
	 */
	public String readResponse(long id) {
		RawPacket packet;
		do {
			packet = readData();
			if (packet.type() == RawPacket.KICK) {
				throw new AssertionError("Expected a response but got " + packet);
			}
		}
		while (!packet.isResponse());
		if (packet.id() != id) {
			throw new AssertionError("Expected the response to " + id + " but got one to " + packet.id());
		}
		return packet.payload();
	}

	/**
	 * Reads up to the next push of a route, dropping everything else.
	 * @param route the route
	 * @return its payload
	 */
	public String readPush(String route) {
		RawPacket packet;
		do {
			packet = readData();
		}
		while (!packet.isPush() || !packet.route().equals(route));
		return packet.payload();
	}

	/**
	 * Reads up to the kick, and to the end of the connection behind it.
	 * @return the body of the kick
	 */
	public String readKick() {
		RawPacket packet;
		do {
			packet = read();
		}
		while (packet.type() != RawPacket.KICK);
		awaitClose();
		return packet.text();
	}

	/**
	 * Reads and drops everything up to the end of the connection.
	 * @return what a client can know of the end, such as {@code kick {"reason":"enough"},
	 * close 1000 enough, end}: the kick, the close frame of a WebSocket, and {@code end},
	 * or {@code reset} when the connection was cut
	 */
	public String readEnd() {
		StringBuilder ending = new StringBuilder();
		try {
			while (true) {
				RawPacket packet = read();
				if (packet.type() == RawPacket.KICK) {
					ending.append("kick ").append(packet.text()).append(", ");
				}
			}
		}
		catch (ClosedException ex) {
			return ending.append(answerClose()).append(isAtEnd() ? "end" : "reset").toString();
		}
	}

	/** Answers the close frame, if one came. Returns it with a comma behind it. */
	String answerClose() {
		return "";
	}

	private boolean isAtEnd() {
		try {
			return this.in.read() < 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Reads and drops everything until the server closes. */
	public void awaitClose() {
		try {
			while (true) {
				read();
			}
		}
		catch (ClosedException ex) {
			// What was waited for.
		}
	}

	/**
	 * Reads everything up to the end of the connection, as text.
	 * @return what the server sent
	 */
	public String readText() {
		try {
			return new String(this.in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sets how long a read waits.
	 * @param patience at most
	 */
	public void patience(Duration patience) {
		try {
			this.socket.setSoTimeout((int) patience.toMillis());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Says that nothing more will come, and can still read.
	 * @return this
	 */
	public RawClient finish() {
		try {
			this.socket.shutdownOutput();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	/** Closes with a reset instead of a farewell. */
	public void reset() {
		try {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static RawPacket readPacket(DataInputStream in) {
		try {
			int type = in.readUnsignedByte();
			int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
			byte[] body = new byte[length];
			in.readFully(body);
			return new RawPacket(type, body);
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("Nothing came from the server in time", ex);
		}
		catch (EOFException ex) {
			throw new ClosedException(ex);
		}
		catch (IOException ex) {
			throw new ClosedException(ex);
		}
	}

	/**
	 * A packet.
	 * @param type its type, legal or not
	 * @param body its body
	 * @return header and body
	 */
	public static byte[] packet(int type, byte[] body) {
		byte[] packet = new byte[4 + body.length];
		packet[0] = (byte) type;
		packet[1] = (byte) (body.length >> 16);
		packet[2] = (byte) (body.length >> 8);
		packet[3] = (byte) body.length;
		System.arraycopy(body, 0, packet, 4, body.length);
		return packet;
	}

	/**
	 * A message with a plain route.
	 * @param flag its first byte
	 * @param id written when not negative
	 * @param route written when not null
	 * @param body the payload
	 * @return the bytes of the message
	 */
	public static byte[] message(int flag, long id, String route, byte[] body) {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		message.write(flag);
		for (long rest = id; rest >= 0;) {
			boolean more = rest >= 128;
			message.write((int) (rest & 0x7F) | (more ? 0x80 : 0));
			rest = more ? rest >> 7 : -1;
		}
		byte[] name = route.getBytes(StandardCharsets.UTF_8);
		message.write(name.length);
		message.writeBytes(name);
		message.writeBytes(body);
		return message.toByteArray();
	}

	/** The server has closed the connection. */
	public static final class ClosedException extends RuntimeException {

		ClosedException(Throwable cause) {
			super("The server has closed the connection", cause);
		}

	}

}
