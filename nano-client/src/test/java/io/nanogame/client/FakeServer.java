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

/** Accepts one client at a time and says to it what a test wants. */
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

	/** Takes the next client and the packet it sends first. */
	String accept() throws IOException {
		this.socket = this.listening.accept();
		return new String(read(), StandardCharsets.UTF_8);
	}

	/** Takes the next client and lets it in. */
	void letIn(String sys) throws IOException {
		accept();
		send(1, "{\"code\":200,\"sys\":%s}".formatted(sys));
		read();
	}

	/** The body of the next packet. */
	byte[] read() throws IOException {
		DataInputStream in = new DataInputStream(this.socket.getInputStream());
		int header = in.readInt();
		return in.readNBytes(header & 0xFFFFFF);
	}

	/** The type of the next packet, whose body is dropped. */
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

	/** A data packet: the head of a message as it is, and its body. */
	void sendData(byte[] head, String body) {
		sendBytes(4, head, body.getBytes(StandardCharsets.UTF_8));
	}

	/** A packet whose body, behind a head as it is, is compressed. */
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

	/** The body of the next data packet; others are dropped. */
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

	/** Whether the client closes, after whatever it sends before. */
	boolean hearsTheEnd() throws IOException {
		return this.socket.getInputStream().readAllBytes() != null;
	}

	void hangUp() throws IOException {
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		this.listening.close();
	}

}
