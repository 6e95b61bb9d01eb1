package io.nanogame.spring.web;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;

/**
 * A game client on the JDK's WebSocket, which verifies the protocol as a browser would:
 * the upgrade, the frames, the closing handshake.
 */
public final class JdkClient implements WebSocket.Listener, AutoCloseable {

	private final BlockingQueue<RawPacket> packets = new LinkedBlockingQueue<>();

	private final CompletableFuture<String> closed = new CompletableFuture<>();

	private final ByteArrayOutputStream message = new ByteArrayOutputStream();

	private WebSocket webSocket;

	static JdkClient connect(int port) {
		return connect(URI.create("ws://127.0.0.1:" + port + "/nano"), HttpClient.newHttpClient());
	}

	public static JdkClient connect(int port, SSLContext tls) {
		return connect(URI.create("wss://127.0.0.1:" + port + "/nano"),
				HttpClient.newBuilder().sslContext(tls).build());
	}

	private static JdkClient connect(URI uri, HttpClient http) {
		JdkClient client = new JdkClient();
		client.webSocket = http.newWebSocketBuilder().buildAsync(uri, client).orTimeout(10, TimeUnit.SECONDS).join();
		return client;
	}

	@Override
	public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
		byte[] part = new byte[data.remaining()];
		data.get(part);
		this.message.writeBytes(part);
		if (last) {
			byte[] packet = this.message.toByteArray();
			this.message.reset();
			this.packets.add(new RawPacket(packet[0], Arrays.copyOfRange(packet, 4, packet.length)));
		}
		socket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
		this.closed.complete(statusCode + " " + reason);
		return null;
	}

	@Override
	public void onError(WebSocket socket, Throwable error) {
		this.closed.completeExceptionally(error);
	}

	public JdkClient handshake() {
		send(RawClient.packet(RawPacket.HANDSHAKE, new byte[0]));
		expect(RawPacket.HANDSHAKE);
		send(HexFormat.of().parseHex("02000000"));
		expect(RawPacket.HEARTBEAT);
		return this;
	}

	private void expect(int type) {
		RawPacket packet = read();
		if (packet.type() != type) {
			throw new AssertionError("Expected a packet of type " + type + " but got " + packet);
		}
	}

	public JdkClient send(byte[] packets) {
		return sendPart(packets, true);
	}

	public JdkClient sendPart(byte[] part, boolean last) {
		this.webSocket.sendBinary(ByteBuffer.wrap(part), last).orTimeout(10, TimeUnit.SECONDS).join();
		return this;
	}

	public JdkClient sendText(byte[] packets) {
		this.webSocket.sendText(new String(packets, StandardCharsets.UTF_8), true)
			.orTimeout(10, TimeUnit.SECONDS)
			.join();
		return this;
	}

	public RawPacket read() {
		try {
			RawPacket packet = this.packets.poll(10, TimeUnit.SECONDS);
			if (packet == null) {
				throw new AssertionError("Nothing came from the server in time");
			}
			return packet;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Closes with 1000 and waits for the server to do so. */
	public String closePolitely() {
		this.webSocket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").orTimeout(10, TimeUnit.SECONDS).join();
		return awaitClose();
	}

	/** Returns the code and the reason with which the server closes. */
	public String awaitClose() {
		return this.closed.orTimeout(10, TimeUnit.SECONDS).join();
	}

	@Override
	public void close() {
		this.webSocket.abort();
	}

}
