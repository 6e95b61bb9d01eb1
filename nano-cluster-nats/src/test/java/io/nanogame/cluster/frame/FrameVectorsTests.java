package io.nanogame.cluster.frame;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.google.protobuf.CodedInputStream;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The frames that nodes of other releases write and read, by the version that they are
 * new in. Bytes are in hex; a vector that is not written is one of an earlier release.
 */
class FrameVectorsTests {

	private static final Set<Integer> UNUSED = Set.of(8, 9, 27, 28, 32, 39);

	private static final int LAST_TYPE = 44;

	private static final Payloads PAYLOADS = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private static final Map<String, Frame> SAMPLES = Samples.frames(PAYLOADS);

	static final List<Vector> VECTORS = Stream.of("version-3.json", "version-4.json", "version-5.json")
		.flatMap((file) -> read(file).stream())
		.toList();

	private record Vector(String name, boolean written, JsonNode fields, String hex) {

		byte[] bytes() {
			return HexFormat.of().parseHex(this.hex);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	private static List<Vector> read(String file) {
		try (InputStream in = FrameVectorsTests.class.getResourceAsStream(file)) {
			return List.of(JsonMapper.shared().readValue(Objects.requireNonNull(in), Vector[].class));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@FieldSource("VECTORS")
	void aVectorIsReadAsItsFields(Vector vector) {
		Frame frame = new FrameCodec(PAYLOADS).read(CodedInputStream.newInstance(vector.bytes()));
		assertThat(FieldValues.of(Objects.requireNonNull(frame))).isEqualTo(vector.fields());
	}

	@ParameterizedTest
	@FieldSource("VECTORS")
	void itsFrameIsWrittenAsTheVector(Vector vector) {
		if (vector.written()) {
			Frame frame = SAMPLES.get(vector.name());
			assertThat(FieldValues.of(frame)).isEqualTo(vector.fields());
			assertThat(HexFormat.of().formatHex(frame.toBytes())).isEqualTo(vector.hex());
		}
		else {
			assertThat(SAMPLES).doesNotContainKey(vector.name());
		}
	}

	@Test
	void eachTypeAndEachSampleHasAVector() {
		Set<Integer> types = new HashSet<>();
		VECTORS.forEach((vector) -> types.add((int) vector.bytes()[0]));
		assertThat(types).containsExactlyInAnyOrderElementsOf(
				IntStream.rangeClosed(1, LAST_TYPE).boxed().filter((type) -> !UNUSED.contains(type)).toList());
		assertThat(VECTORS).extracting(Vector::name).doesNotHaveDuplicates().containsAll(SAMPLES.keySet());
	}

}
