package io.nanogame.benchmarks.soak;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.DeflaterOutputStream;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import io.nanogame.test.RawWebSocketClient;

/**
 * A client that misbehaves, with one trick after the other. It does not check the
 * server's reaction. Confined to one thread.
 */
final class Troublemaker implements Runnable {

	/** The number of sockets that are left open for the server to detect. */
	private static final int LEFT_OPEN = 40;

	private static final Duration PAUSE = Duration.ofMillis(20);

	/** Above the server's limit. */
	private static final byte[] BOMB = deflatedZeros(10_000_000);

	/** Just below the server's limit. */
	private static final byte[] SMALL_BOMB = deflatedZeros(1_000_000);

	private final Load load;

	private final Random random;

	private final Queue<RawClient> leftOpen = new ArrayDeque<>();

	/** Connections that send a byte after each trick, until the server closes them. */
	private final Queue<RawClient> dripping = new ArrayDeque<>();

	private final List<Trick> tricks = List.of(this::malformedBytes, this::bomb, this::truncatedHandshake,
			this::truncatedPacket, this::requestBeforeHandshake, this::hugeHeader, this::slowReader, this::flood,
			this::silence, this::http, this::badFrames, this::connectsAndCloses, this::unknownRoutes,
			this::malformedMessage, this::longQuery, this::drip, this::zippedMessages, this::repeatedHandshakes,
			this::handshakesAndResets);

	Troublemaker(Load load, int number) {
		this.load = load;
		this.random = new Random(-number - 1);
	}

	@Override
	public void run() {
		while (this.load.isRunning()) {
			try {
				this.tricks.get(this.random.nextInt(this.tricks.size())).play();
			}
			catch (RuntimeException | AssertionError ex) {
				// The server ended the connection, as expected.
			}
			this.load.trickPlayed();
			dripOn();
			while (this.leftOpen.size() > LEFT_OPEN) {
				this.leftOpen.remove().close();
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
		this.leftOpen.forEach(RawClient::close);
		this.dripping.forEach(RawClient::close);
	}

	private RawClient connect() {
		return this.load.connect(this.random);
	}

	/** Resets a connection, closes it, or leaves it open. */
	private void drop(RawClient client) {
		switch (this.random.nextInt(3)) {
			case 0 -> client.reset();
			case 1 -> client.close();
			default -> this.leftOpen.add(client);
		}
	}

	private byte[] noise(int maxLength) {
		byte[] bytes = new byte[1 + this.random.nextInt(maxLength)];
		this.random.nextBytes(bytes);
		return bytes;
	}

	private void malformedBytes() {
		drop(RawClient.tcp(this.load.port()).sendBytes(noise(4000)));
	}

	private void malformedMessage() {
		RawClient client = connect().handshake();
		client.send(RawClient.packet(RawPacket.DATA, noise(200)));
		drop(client);
	}

	private void bomb() {
		RawClient client = connect().handshake();
		client.send(RawClient.packet(RawPacket.DATA, RawClient.message(0x10, 1, "echo.lane", BOMB)));
		drop(client);
	}

	private void truncatedHandshake() {
		drop(connect().send(new byte[] { 1, 0, 0, 40, '{', '"' }));
	}

	private void truncatedPacket() {
		byte[] packet = RawClient.packet(RawPacket.DATA,
				RawClient.message(0, 1, "echo.lane", "{}".getBytes(StandardCharsets.UTF_8)));
		drop(connect().handshake().send(Arrays.copyOf(packet, this.random.nextInt(packet.length))));
	}

	private void requestBeforeHandshake() {
		drop(connect().request(1, "echo.lane", "{}"));
	}

	private void hugeHeader() {
		drop(connect().handshake().send(new byte[] { 4, -1, -1, -1, 0 }));
	}

	/** Chats in a room without reading. */
	private void slowReader() {
		RawClient reader = RawClient.tcpWithSmallBuffer(this.load.port()).handshake();
		reader.request(1, "room.join", "{\"number\":0,\"text\":\"deaf\"}");
		String chat = "{\"number\":0,\"text\":\"" + "x".repeat(30_000) + "\"}";
		for (int i = 0; i < 300; i++) {
			reader.notify("room.chat", chat);
		}
		drop(reader);
	}

	/** Exceeds the rate limit without reading responses. */
	private void flood() {
		RawClient client = connect().handshake();
		for (int i = 1; i <= 3000; i++) {
			client.request(i, "echo.loop", "{\"number\":1,\"text\":\"\"}");
		}
		drop(client);
	}

	private void silence() {
		this.leftOpen.add(RawClient.tcp(this.load.port()));
		this.leftOpen.add(connect().handshake());
	}

	private void http() {
		RawClient client = RawClient.tcp(this.load.port());
		client.sendBytes("POST /wp-login.php HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\na=b"
			.getBytes(StandardCharsets.US_ASCII));
		drop(client);
	}

	private void badFrames() {
		RawWebSocketClient client = (RawWebSocketClient) RawClient.webSocket(this.load.port());
		client.sendFrame(0x80 | this.random.nextInt(128), noise(100));
		client.sendBytes(noise(100));
		drop(client);
	}

	/** Connects and disconnects without sending. */
	private void connectsAndCloses() {
		for (int i = 0; i < 30; i++) {
			RawClient client = RawClient.tcp(this.load.port());
			if (this.random.nextBoolean()) {
				client.reset();
			}
			else {
				client.close();
			}
		}
	}

	private void unknownRoutes() {
		RawClient client = connect().handshake();
		for (int i = 1; i <= 100; i++) {
			client.request(i, "no.such" + this.random.nextInt(), "{}");
		}
		drop(client);
	}

	/** Sends 1,000 parameters, or 500, which the server accepts. */
	private void longQuery() {
		String query = "/?" + "p=%41&x=1&".repeat(this.random.nextBoolean() ? 500 : 250) + "end";
		drop(RawClient.webSocket(this.load.port(), query).handshake());
	}

	/** Begins a packet of 60 KB that takes hours. */
	private void drip() {
		this.dripping.add(connect().handshake().send(new byte[] { 4, 0, (byte) 0xEA, 0x60, 0 }));
		if (this.dripping.size() > LEFT_OPEN) {
			this.dripping.remove().close();
		}
	}

	private void dripOn() {
		this.dripping.removeIf((client) -> {
			try {
				client.send(new byte[1]);
				return false;
			}
			catch (RuntimeException ex) {
				client.close();
				return true;
			}
		});
	}

	/** Sends many messages that inflate to a megabyte each, in one write. */
	private void zippedMessages() {
		byte[] packet = RawClient.packet(RawPacket.DATA, RawClient.message(0x12, -1, "echo.lane", SMALL_BOMB));
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (int i = 0; i < 64; i++) {
			all.writeBytes(packet);
		}
		drop(connect().handshake().send(all.toByteArray()));
	}

	private void repeatedHandshakes() {
		RawClient client = connect().handshake();
		for (int i = 0; i < 1000; i++) {
			client.send(new byte[] { 1, 0, 0, 0 });
		}
		drop(client);
	}

	/** Makes the server reply to clients that have disconnected. */
	private void handshakesAndResets() {
		for (int i = 0; i < 30; i++) {
			RawClient.tcp(this.load.port()).send(new byte[] { 1, 0, 0, 0 }).reset();
		}
	}

	/** Returns zeros in compressed form. */
	static byte[] deflatedZeros(int length) {
		ByteArrayOutputStream small = new ByteArrayOutputStream();
		try (DeflaterOutputStream deflater = new DeflaterOutputStream(small)) {
			deflater.write(new byte[length]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return small.toByteArray();
	}

	private interface Trick {

		void play();

	}

}
