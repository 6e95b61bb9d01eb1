package io.nanogame.test;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A client of the protocol {@code length-id} with the default header, on a socket or a
 * WebSocket. Written against the page about ports, not with this project's codecs.
 * Blocks; one thread may write while another reads.
 */
public final class RawLengthIdClient implements AutoCloseable {

	private static final int HEADER = 8;

	private final RawClient wire;

	private RawLengthIdClient(RawClient wire) {
		this.wire = wire;
	}

	/**
	 * Creates a client on a socket.
	 * @param connected a connected socket, owned by the client from now on
	 * @return the client
	 */
	public static RawLengthIdClient tcp(Socket connected) {
		return new RawLengthIdClient(RawClient.tcp(connected));
	}

	/**
	 * Creates a client on a WebSocket.
	 * @param connected a connected socket, owned by the client from now on
	 * @param uri path and query
	 * @return the client
	 */
	public static RawLengthIdClient webSocket(Socket connected, String uri) {
		return new RawLengthIdClient(RawClient.webSocket(connected, uri));
	}

	/**
	 * Creates a client on a connected one.
	 * @param connected a client before its first byte, owned by the new one from now on
	 * @return the client
	 */
	public static RawLengthIdClient of(RawClient connected) {
		return new RawLengthIdClient(connected);
	}

	/**
	 * Encodes a packet.
	 * @param id the id
	 * @param body the body
	 * @return header and body
	 */
	public static byte[] packet(int id, byte[] body) {
		return header(body.length, id, body.length).put(body).array();
	}

	private static ByteBuffer header(int length, int id, int room) {
		return ByteBuffer.allocate(HEADER + room).order(ByteOrder.LITTLE_ENDIAN).putInt(length).putInt(id);
	}

	/**
	 * Sends a packet.
	 * @param id the id
	 * @param body the body, as UTF-8
	 * @return this
	 */
	public RawLengthIdClient send(int id, String body) {
		this.wire.send(packet(id, body.getBytes(StandardCharsets.UTF_8)));
		return this;
	}

	/**
	 * Sends a header without its body.
	 * @param length the announced length
	 * @param id the id
	 * @return this
	 */
	public RawLengthIdClient sendHeader(int length, int id) {
		this.wire.send(header(length, id, 0).array());
		return this;
	}

	/**
	 * Reads a packet. On a WebSocket it must be exactly one binary message.
	 * @return the packet
	 * @throws RawClient.ClosedException if the server has closed the connection
	 */
	public Packet read() {
		if (!(this.wire instanceof RawWebSocketClient webSocket)) {
			return read(this.wire.in);
		}
		byte[] message = webSocket.readBinaryMessage();
		Packet packet = read(new DataInputStream(new ByteArrayInputStream(message)));
		if (message.length != HEADER + packet.body.length) {
			throw new AssertionError("A message must be exactly one packet");
		}
		return packet;
	}

	private static Packet read(DataInputStream in) {
		try {
			int length = Integer.reverseBytes(in.readInt());
			int id = Integer.reverseBytes(in.readInt());
			byte[] body = new byte[length];
			in.readFully(body);
			return new Packet(id, body);
		}
		catch (InterruptedIOException ex) {
			throw new AssertionError("Nothing was received from the server in time", ex);
		}
		catch (IOException ex) {
			throw new RawClient.ClosedException(ex);
		}
	}

	/**
	 * Returns the client below the protocol.
	 * @return sends and reads bytes
	 */
	public RawClient wire() {
		return this.wire;
	}

	/**
	 * Returns how many pings of a WebSocket were received. They are not answered.
	 * @return the number; 0 on a socket
	 */
	public int pings() {
		return (this.wire instanceof RawWebSocketClient webSocket) ? webSocket.pings() : 0;
	}

	@Override
	public void close() {
		this.wire.close();
	}

	/**
	 * A packet of the server.
	 *
	 * @param id the id
	 * @param body the body
	 */
	public record Packet(int id, byte[] body) {

		/**
		 * Returns the body as text.
		 * @return UTF-8
		 */
		public String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

		@Override
		public String toString() {
			return this.id + " " + text();
		}

	}

}
