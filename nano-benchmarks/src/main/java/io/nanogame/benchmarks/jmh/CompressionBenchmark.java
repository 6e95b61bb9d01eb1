package io.nanogame.benchmarks.jmh;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.nanogame.protocol.BodyDeflater;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures a JSON body for some clients: as it is, compressed once for all, and
 * compressed for each, as a context of each connection would require. Prints the bytes
 * that are sent.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CompressionBenchmark {

	/** The length of the body in bytes. */
	@Param({ "4096", "16384" })
	int length = 4096;

	/** The number of clients. */
	@Param({ "1", "1000" })
	int clients = 1000;

	private final BodyDeflater deflater = new BodyDeflater(0);

	private final ByteBuf out = Unpooled.directBuffer(32 * 1024);

	private byte[] body = {};

	/** Creates the positions of players, as a game sends them. */
	@Setup
	public void createBody() {
		Random random = new Random(1);
		StringBuilder json = new StringBuilder("[");
		while (json.length() < this.length) {
			json.append("{\"id\":%d,\"name\":\"player%d\",\"x\":%.2f,\"y\":%.2f,\"hp\":%d,\"moving\":%b},".formatted(
					random.nextInt(1_000_000), random.nextInt(1000), random.nextDouble() * 1000,
					random.nextDouble() * 1000, random.nextInt(100), random.nextBoolean()));
		}
		this.body = json.substring(0, this.length).getBytes(StandardCharsets.UTF_8);
		System.out.printf("%d bytes for %d clients, compressed %d%n", (long) this.length * this.clients, this.clients,
				(long) compressed().length * this.clients);
	}

	private byte[] compressed() {
		byte[] smaller = this.deflater.deflate(this.body);
		return (smaller != null) ? smaller : this.body;
	}

	/**
	 * Writes the body as it is.
	 * @return the last client's output
	 */
	@Benchmark
	public ByteBuf plain() {
		for (int i = 0; i < this.clients; i++) {
			this.out.clear().writeBytes(this.body);
		}
		return this.out;
	}

	/**
	 * Compresses the body, and writes it.
	 * @return the last client's output
	 */
	@Benchmark
	public ByteBuf compressedOnce() {
		byte[] smaller = compressed();
		for (int i = 0; i < this.clients; i++) {
			this.out.clear().writeBytes(smaller);
		}
		return this.out;
	}

	/**
	 * Compresses the body for each client.
	 * @return the last client's output
	 */
	@Benchmark
	public ByteBuf compressedForEach() {
		for (int i = 0; i < this.clients; i++) {
			this.out.clear().writeBytes(compressed());
		}
		return this.out;
	}

	/** Releases the output. */
	@TearDown
	public void release() {
		this.out.release();
	}

}
