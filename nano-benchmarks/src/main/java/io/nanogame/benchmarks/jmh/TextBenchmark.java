package io.nanogame.benchmarks.jmh;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.Payloads;
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
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures JSON bodies to and from bytes, with and without the handling of characters
 * above U+FFFF.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TextBenchmark {

	private static final String LINE = "A line of chat as people write it";

	/** The text of a message. */
	public enum Text {

		ASCII(LINE), LONG_ASCII(LINE.repeat(100)), CHINESE("\u5927\u5bb6\u597d".repeat(10)),
		EMOJI(LINE + " \ud83d\ude00");

		private final String text;

		Text(String text) {
			this.text = text;
		}

	}

	/** The body. */
	public record Line(String name, String text) {
	}

	/** The text. */
	@Param
	Text text = Text.ASCII;

	private final JsonSerializer serializer = new JsonSerializer(JsonMapper.shared());

	private final Payloads payloads = new Payloads(this.serializer);

	private final PayloadReader plainReader = this.serializer.reader(Line.class);

	private final PayloadReader reader = this.payloads.reader(Line.class);

	private Line line = new Line("Ada", LINE);

	private byte[] body = {};

	/** Creates the message. */
	@Setup
	public void prepare() {
		this.line = new Line("Ada", this.text.text);
		this.body = "{\"name\":\"Ada\",\"text\":\"%s\"}".formatted(this.text.text).getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Writes a body.
	 * @return its bytes
	 */
	@Benchmark
	public byte[] write() {
		return this.payloads.write(this.line);
	}

	/**
	 * Writes a body with the serializer alone.
	 * @return its bytes
	 */
	@Benchmark
	public byte[] writePlain() {
		return this.serializer.serialize(this.line);
	}

	/**
	 * Reads a body.
	 * @return its value
	 */
	@Benchmark
	public Object read() {
		return this.reader.read(this.body);
	}

	/**
	 * Reads a body with the serializer alone.
	 * @return its value
	 */
	@Benchmark
	public Object readPlain() {
		return this.plainReader.read(this.body);
	}

}
