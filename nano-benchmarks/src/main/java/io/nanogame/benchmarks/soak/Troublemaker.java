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
 * A client that does what no client should, one thing after the other. What becomes of it
 * is the server's business; here nothing is expected. For one thread.
 */
final class Troublemaker implements Runnable {

	/** How many sockets it leaves open, for the server to find out. */
	private static final int LEFT_OPEN = 40;

	private static final Duration PAUSE = Duration.ofMillis(20);

	/** More than the server takes. */
	private static final byte[] BOMB = deflatedZeros(10_000_000);

	/** As much as it takes. */
	private static final byte[] SMALL_BOMB = deflatedZeros(1_000_000);

	private final Load load;

	private final Random random;

	private final Queue<RawClient> leftOpen = new ArrayDeque<>();

	/** Those that send a byte after each trick, as long as the server lets them. */
	private final Queue<RawClient> dripping = new ArrayDeque<>();

	private final List<Trick> tricks = List.of(this::rubbish, this::bomb, this::halfAHandshake, this::halfAPacket,
			this::impatience, this::hugeHeader, this::deafness, this::flood, this::silence, this::http, this::badFrames,
			this::knocking, this::unknownRoutes, this::rubbishInside, this::longQuery, this::drip, this::zippedMessages,
			this::handshakesAgain, this::handshakesAndResets);

	Troublemaker(Load load, int number) {
		this.load = load;
		this.random = new Random(-number - 1);
	}

	@Override
	public void run() {
		while (this.load.goesOn()) {
			try {
				this.tricks.get(this.random.nextInt(this.tricks.size())).play();
			}
			catch (RuntimeException | AssertionError ex) {
				// It was shown the door, as it had to be.
			}
			this.load.troubled();
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

	/** Ends a connection in one of three ways; the third is not at all. */
	private void drop(RawClient client) {
		switch (this.random.nextInt(3)) {
			case 0 -> client.reset();
			case 1 -> client.close();
			default -> this.leftOpen.add(client);
		}
	}

	private byte[] noise(int most) {
		byte[] bytes = new byte[1 + this.random.nextInt(most)];
		this.random.nextBytes(bytes);
		return bytes;
	}

	private void rubbish() {
		drop(RawClient.tcp(this.load.port()).sendBytes(noise(4000)));
	}

	private void rubbishInside() {
		RawClient client = connect().handshake();
		client.send(RawClient.packet(RawPacket.DATA, noise(200)));
		drop(client);
	}

	private void bomb() {
		RawClient client = connect().handshake();
		client.send(RawClient.packet(RawPacket.DATA, RawClient.message(0x10, 1, "echo.lane", BOMB)));
		drop(client);
	}

	private void halfAHandshake() {
		drop(connect().send(new byte[] { 1, 0, 0, 40, '{', '"' }));
	}

	private void halfAPacket() {
		byte[] packet = RawClient.packet(RawPacket.DATA,
				RawClient.message(0, 1, "echo.lane", "{}".getBytes(StandardCharsets.UTF_8)));
		drop(connect().handshake().send(Arrays.copyOf(packet, this.random.nextInt(packet.length))));
	}

	private void impatience() {
		drop(connect().request(1, "echo.lane", "{}"));
	}

	private void hugeHeader() {
		drop(connect().handshake().send(new byte[] { 4, -1, -1, -1, 0 }));
	}

	/** Talks in a room, and does not listen. */
	private void deafness() {
		RawClient deaf = RawClient.tcpWithSmallBuffer(this.load.port()).handshake();
		deaf.request(1, "room.join", "{\"number\":0,\"words\":\"deaf\"}");
		String words = "{\"number\":0,\"words\":\"" + "x".repeat(30_000) + "\"}";
		for (int i = 0; i < 300; i++) {
			deaf.notify("room.say", words);
		}
		drop(deaf);
	}

	/** More than it may, without reading an answer. */
	private void flood() {
		RawClient client = connect().handshake();
		for (int i = 1; i <= 3000; i++) {
			client.request(i, "echo.loop", "{\"number\":1,\"words\":\"\"}");
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

	/** Comes and goes without a word. */
	private void knocking() {
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

	/** Of 1,000 parameters, or of 500, which the server takes. */
	private void longQuery() {
		String query = "/?" + "p=%41&x=1&".repeat(this.random.nextBoolean() ? 500 : 250) + "end";
		drop(RawClient.webSocket(this.load.port(), query).handshake());
	}

	/** A packet of 60 KB that takes hours. */
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

	/** A megabyte each, one behind the other, in one write. */
	private void zippedMessages() {
		byte[] packet = RawClient.packet(RawPacket.DATA, RawClient.message(0x12, -1, "echo.lane", SMALL_BOMB));
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (int i = 0; i < 64; i++) {
			all.writeBytes(packet);
		}
		drop(connect().handshake().send(all.toByteArray()));
	}

	private void handshakesAgain() {
		RawClient client = connect().handshake();
		for (int i = 0; i < 1000; i++) {
			client.send(new byte[] { 1, 0, 0, 0 });
		}
		drop(client);
	}

	/** So that the server answers clients that have gone. */
	private void handshakesAndResets() {
		for (int i = 0; i < 30; i++) {
			RawClient.tcp(this.load.port()).send(new byte[] { 1, 0, 0, 0 }).reset();
		}
	}

	/** Kilobytes of nothing. */
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
