package io.nanogame.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.nanogame.lengthid.LengthIdProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The traffic of netman's example client: {@code examples/client/main.go} in
 * ikilobyte/netman at commit 3ce691c, with the frames of its {@code util/datapack.go}.
 * Ten goroutines and one with 100 MB write to one connection; all packets have the id 0.
 */
class NetmanClientTests {

	private static final int LARGE = 100 * 1024 * 1024;

	private static final int TIMES = 20;

	private final TestServer server = TestServer.withLongPayloads(LARGE)
		.lengthId(Map.of("test.echo", 0L), null)
		.listener((it) -> Line.TCP.only(LengthIdProtocol.NAME));

	@AfterEach
	void stop() {
		this.server.close();
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket("127.0.0.1", this.server.port());
		socket.setSoTimeout(60_000);
		return socket;
	}

	private static byte[] pack(int id, byte[] data) {
		return ByteBuffer.allocate(8 + data.length)
			.order(ByteOrder.LITTLE_ENDIAN)
			.putInt(data.length)
			.putInt(id)
			.put(data)
			.array();
	}

	private static byte[] hello(int sender) {
		return pack(0, ("hello netman " + sender).getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] large() {
		byte[] data = new byte[LARGE];
		Arrays.fill(data, (byte) 'a');
		return pack(0, data);
	}

	/** As Go does, writes one packet at a time. */
	private static CompletableFuture<Void> write(OutputStream out, byte[] packet, int times) {
		return CompletableFuture.runAsync(() -> {
			try {
				for (int i = 0; i < times; i++) {
					synchronized (out) {
						out.write(packet);
					}
				}
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}, (task) -> new Thread(task).start());
	}

	private static byte[] read(DataInputStream in) throws IOException {
		byte[] header = new byte[8];
		in.readFully(header);
		ByteBuffer numbers = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
		byte[] data = new byte[numbers.getInt()];
		assertThat(numbers.getInt()).isZero();
		in.readFully(data);
		return data;
	}

	@Test
	void eachPacketOfConcurrentSendersIsEchoed() throws Exception {
		this.server.settings(TestServer.settings((it) -> it.maxPacketLength(LARGE))).start();
		try (Socket socket = connect()) {
			OutputStream out = socket.getOutputStream();
			List<CompletableFuture<Void>> senders = IntStream.range(0, 10)
				.mapToObj((i) -> write(out, hello(i), TIMES))
				.toList();
			CompletableFuture<Void> large = write(out, large(), 1);
			DataInputStream in = new DataInputStream(socket.getInputStream());
			Map<String, Integer> received = new HashMap<>();
			for (int i = 0; i < 10 * TIMES + 1; i++) {
				byte[] data = read(in);
				received.merge((data.length == LARGE) ? "large" : new String(data, StandardCharsets.UTF_8), 1,
						Integer::sum);
			}
			assertThat(received).hasSize(11).containsEntry("large", 1);
			assertThat(IntStream.range(0, 10)).allMatch((i) -> received.get("hello netman " + i) == TIMES);
			senders.forEach(CompletableFuture::join);
			large.join();
		}
	}

	@Test
	void theLargePacketEndsTheConnectionIfTheLimitIsNotRaised() throws Exception {
		this.server.start();
		CompletableFuture<Void> large;
		try (Socket socket = connect()) {
			DataInputStream in = new DataInputStream(socket.getInputStream());
			socket.getOutputStream().write(hello(1));
			assertThat(read(in)).asString().isEqualTo("hello netman 1");
			large = write(socket.getOutputStream(), large(), 1);
			assertThat(endOf(in)).isTrue();
		}
		assertThat(large.handle((done, ex) -> true)).succeedsWithin(Duration.ofSeconds(20));
		try (Socket socket = connect()) {
			socket.getOutputStream().write(hello(2));
			assertThat(read(new DataInputStream(socket.getInputStream()))).asString().isEqualTo("hello netman 2");
		}
	}

	private static boolean endOf(DataInputStream in) {
		try {
			return in.read() < 0;
		}
		catch (SocketException ex) {
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
