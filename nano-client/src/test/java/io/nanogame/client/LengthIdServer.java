package io.nanogame.client;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.protocol.LengthIdFormat.Counts;

/**
 * A server of packets of four bytes of length, four of id and a body, written without the
 * codec. It accepts one client at a time and sends it what a test prescribes.
 */
final class LengthIdServer implements AutoCloseable {

	static final int JOIN = 7;

	static final int LEAVE = 8;

	static final int TYPING = 9;

	static final int ON_NEWS = 12;

	static final int ERROR = 99;

	static final Map<String, Long> IDS = Map.of("room.join", 7L, "room.leave", 8L, "chat.typing", 9L, "onNews", 12L);

	private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final ByteOrder order;

	private Socket socket = new Socket();

	LengthIdServer() throws IOException {
		this(ByteOrder.LITTLE_ENDIAN);
	}

	LengthIdServer(ByteOrder order) throws IOException {
		this.order = order;
	}

	NanoClientBuilder client() {
		return NanoClient.builder("tcp://127.0.0.1:" + this.listening.getLocalPort())
			.lengthId(new LengthIdFormat(false, 4, 4, this.order == ByteOrder.BIG_ENDIAN, Counts.BODY), IDS,
					(long) ERROR);
	}

	void accept() throws IOException {
		this.socket = this.listening.accept();
	}

	/** Reads the next packet, as its id and its body. */
	String read() throws IOException {
		DataInputStream in = new DataInputStream(this.socket.getInputStream());
		byte[] header = in.readNBytes(8);
		if (header.length < 8) {
			throw new EOFException();
		}
		ByteBuffer numbers = ByteBuffer.wrap(header).order(this.order);
		byte[] body = in.readNBytes(numbers.getInt());
		return numbers.getInt() + " " + new String(body, StandardCharsets.UTF_8);
	}

	byte[] packet(int id, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(8 + bytes.length)
			.order(this.order)
			.putInt(bytes.length)
			.putInt(id)
			.put(bytes)
			.array();
	}

	LengthIdServer send(int id, String body) throws IOException {
		return send(packet(id, body));
	}

	LengthIdServer sendHeader(int length, int id) throws IOException {
		return send(ByteBuffer.allocate(8).order(this.order).putInt(length).putInt(id).array());
	}

	LengthIdServer send(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
		return this;
	}

	/** Ends the output, and waits until the client has closed the connection. */
	void finish() throws IOException {
		this.socket.shutdownOutput();
		this.socket.getInputStream().readAllBytes();
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		this.listening.close();
	}

}
