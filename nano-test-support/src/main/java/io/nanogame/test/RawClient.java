package io.nanogame.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A client that can send bytes that no correct client would, on a socket or in memory.
 * Written against the protocol page, not with this project's codecs. Blocks; one thread
 * may write while another reads.
 */
public abstract class RawClient implements AutoCloseable {

	/** The time-out of reads. */
	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private static final String JS_HANDSHAKE = "{\"sys\":{\"type\":\"js-websocket\",\"version\":\"0.0.1\"}}";

	final RawLink link;

	final DataInputStream in;

	final OutputStream out;

	RawClient(RawLink connected) {
		this.link = connected;
		try {
			this.link.timeout(READ_TIMEOUT);
			this.in = new DataInputStream(new BufferedInputStream(this.link.in()));
			this.out = this.link.out();
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
	 * Creates a client on a given socket, such as one with TLS.
	 * @param connected a connected socket, owned by the client from now on
	 * @return a client that sends plain packets
	 */
	public static RawClient tcp(Socket connected) {
		return on(new SocketLink(connected));
	}

	/**
	 * Creates a client on a given link, such as one in memory.
	 * @param link connected, owned by the client from now on
	 * @return a client that sends plain packets
	 */
	public static RawClient on(RawLink link) {
		return new RawTcpClient(link);
	}

	/**
	 * Connects a client with a small receive buffer, for tests of slow readers.
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
	 * Creates a client on a given socket, such as one with TLS.
	 * @param connected a connected socket, owned by the client from now on
	 * @param uri path and query
	 * @param headers header lines
	 * @return a client that sends packets in frames
	 */
	public static RawClient webSocket(Socket connected, String uri, String... headers) {
		return new RawWebSocketClient(connected, uri, headers);
	}

	/**
	 * Writes a stream of packets, plain or as one binary frame.
	 * @param packets the bytes
	 * @return this
	 */
	public abstract RawClient send(byte[] packets);

	/**
	 * Reads a packet.
	 * @return the packet
	 * @throws ClosedException if the server has closed the connection
	 */
	public abstract RawPacket read();

	/**
	 * Writes bytes to the link unchanged.
	 * @param bytes the bytes
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
	 * Completes a handshake as a browser client, up to the server's first heartbeat.
	 * @return this
	 */
	public RawClient handshake() {
		handshake(JS_HANDSHAKE);
		return this;
	}

	/**
	 * Completes a handshake, up to the server's first heartbeat.
	 * @param json the body of the request
	 * @return the body of the server's response
	 */
	public String handshake(String json) {
		send(packet(RawPacket.HANDSHAKE, json.getBytes(StandardCharsets.UTF_8)));
		RawPacket response = read();
		expectType(response, RawPacket.HANDSHAKE);
		sendHex("02000000");
		expectType(read(), RawPacket.HEARTBEAT);
		return response.text();
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
	 * Reads up to the next packet that is not a heartbeat.
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
	 * Reads up to the next response, dropping pushes.
	 * @param id the id of the request
	 * @return the payload of the response
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
	 * Reads up to the kick, and then to the end of the connection.
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
	 * @return a description of the end, such as {@code kick {"reason":"enough"}, close
	 * 1000 enough, end}: the kick, the close frame of a WebSocket, and {@code end}, or
	 * {@code reset} if the connection was reset
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
			return ending.append(replyToClose()).append(isAtEnd() ? "end" : "reset").toString();
		}
	}

	/**
	 * Replies to the close frame, if one was received. Returns its description, followed
	 * by a comma.
	 */
	String replyToClose() {
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
			// Expected.
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
	 * Reads up to the next line feed.
	 * @return UTF-8, without the line feed
	 * @throws ClosedException if the server has closed the connection
	 */
	public String readLine() {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		try {
			int next;
			while ((next = this.in.readUnsignedByte()) != '\n') {
				line.write(next);
			}
			return line.toString(StandardCharsets.UTF_8);
		}
		catch (InterruptedIOException ex) {
			throw new AssertionError("Nothing was received from the server in time", ex);
		}
		catch (IOException ex) {
			throw new ClosedException(ex);
		}
	}

	/**
	 * Sets the time-out of reads.
	 * @param patience how long a read waits at most
	 */
	public void patience(Duration patience) {
		try {
			this.link.timeout(patience);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.link.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Half-closes the connection: nothing more can be sent, but the server's output can
	 * be read.
	 * @return this
	 */
	public RawClient finish() {
		try {
			this.link.finish();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	/** Closes the connection with a reset. */
	public void reset() {
		try {
			this.link.reset();
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
		catch (InterruptedIOException ex) {
			throw new AssertionError("Nothing was received from the server in time", ex);
		}
		catch (EOFException ex) {
			throw new ClosedException(ex);
		}
		catch (IOException ex) {
			throw new ClosedException(ex);
		}
	}

	/**
	 * Encodes a packet.
	 * @param type the type, legal or not
	 * @param body the body
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
	 * Encodes a message with a plain route.
	 * @param flag the first byte
	 * @param id written if it is not negative
	 * @param route the route
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

	/** Thrown when the server has closed the connection. */
	public static final class ClosedException extends RuntimeException {

		ClosedException(Throwable cause) {
			super("The server has closed the connection", cause);
		}

	}

}
