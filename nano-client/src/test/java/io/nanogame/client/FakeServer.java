package io.nanogame.client;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.DeflaterOutputStream;

/** A server that accepts one client at a time and sends it what a test prescribes. */
final class FakeServer implements AutoCloseable {

	private final ServerSocket listening;

	private Socket socket = new Socket();

	FakeServer() throws IOException {
		this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.listening.setReceiveBufferSize(8 * 1024);
	}

	NanoClientBuilder client() {
		return NanoClient.builder("tcp://127.0.0.1:" + this.listening.getLocalPort());
	}

	/** Accepts the next client and returns the body of its first packet. */
	String accept() throws IOException {
		this.socket = this.listening.accept();
		return new String(read(), StandardCharsets.UTF_8);
	}

	/** Accepts the next client and its handshake. */
	void acceptHandshake(String sys) throws IOException {
		accept();
		send(1, "{\"code\":200,\"sys\":%s}".formatted(sys));
		read();
	}

	/** Reads the body of the next packet. */
	byte[] read() throws IOException {
		DataInputStream in = new DataInputStream(this.socket.getInputStream());
		int header = in.readInt();
		return in.readNBytes(header & 0xFFFFFF);
	}

	/** Reads the type of the next packet and drops its body. */
	int readType() throws IOException {
		DataInputStream in = new DataInputStream(this.socket.getInputStream());
		int header = in.readInt();
		in.readNBytes(header & 0xFFFFFF);
		return header >>> 24;
	}

	void send(int type, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		sendHex(HexFormat.of().toHexDigits(type << 24 | bytes.length) + HexFormat.of().formatHex(bytes));
	}

	/** Sends a data packet with an encoded message header and a body. */
	void sendData(byte[] head, String body) {
		sendBytes(4, head, body.getBytes(StandardCharsets.UTF_8));
	}

	/** Sends a packet with an encoded header and a compressed body. */
	void sendDeflated(int type, byte[] head, String body) throws IOException {
		ByteArrayOutputStream deflated = new ByteArrayOutputStream();
		try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
			out.write(body.getBytes(StandardCharsets.UTF_8));
		}
		sendBytes(type, head, deflated.toByteArray());
	}

	private void sendBytes(int type, byte[] head, byte[] body) {
		HexFormat hex = HexFormat.of();
		sendHex(hex.toHexDigits(type << 24 | head.length + body.length) + hex.formatHex(head) + hex.formatHex(body));
	}

	/** Reads the body of the next data packet and drops other packets. */
	byte[] readData() throws IOException {
		DataInputStream in = new DataInputStream(this.socket.getInputStream());
		while (true) {
			int header = in.readInt();
			byte[] body = in.readNBytes(header & 0xFFFFFF);
			if (header >>> 24 == 4) {
				return body;
			}
		}
	}

	void sendHex(String hex) {
		try {
			OutputStream out = this.socket.getOutputStream();
			out.write(HexFormat.of().parseHex(hex));
			out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Drops input until the client closes the connection. */
	boolean readsEndOfInput() throws IOException {
		return this.socket.getInputStream().readAllBytes() != null;
	}

	void disconnect() throws IOException {
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		this.listening.close();
	}

}
