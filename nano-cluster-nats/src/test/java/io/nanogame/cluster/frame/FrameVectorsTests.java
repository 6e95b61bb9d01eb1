package io.nanogame.cluster.frame;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.google.protobuf.CodedInputStream;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The frames that nodes of other releases write and read, by the version that they are
 * new in. Bytes are in hex; a vector that is not written is one of an earlier release. A
 * later version of a frame has a vector with the same name, and more fields at its end.
 */
class FrameVectorsTests {

	private static final Set<Integer> UNUSED = Set.of(8, 9, 27, 28, 32, 39, 45, 46, 47, 48, 49);

	private static final int LAST_TYPE = 64;

	private static final Payloads PAYLOADS = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private static final Map<String, Frame> SAMPLES = Samples.frames(PAYLOADS);

	private static final List<List<Vector>> VERSIONS = IntStream.rangeClosed(3, 7)
		.mapToObj((version) -> read("version-" + version + ".json"))
		.toList();

	static final List<Vector> VECTORS = VERSIONS.stream().flatMap(List::stream).toList();

	/** The vector of the latest version of each frame, by its name. */
	private static final Map<String, Vector> LATEST = VECTORS.stream()
		.collect(Collectors.toMap(Vector::name, Function.identity(), (earlier, later) -> later));

	private record Vector(String name, boolean written, JsonNode fields, String hex) {

		boolean isLatest() {
			return LATEST.get(this.name) == this;
		}

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
		ObjectNode fields = FieldValues.of(Objects.requireNonNull(frame));
		if (!vector.isLatest() || !vector.written()) {
			removeNumbersOfLaterVersions(fields, vector.fields());
		}
		assertThat(fields).isEqualTo(vector.fields());
	}

	/** A number that an earlier release does not write is 0. */
	private static void removeNumbersOfLaterVersions(ObjectNode fields, JsonNode earlier) {
		if (fields.get("client") instanceof ObjectNode client) {
			removeNumbersOfLaterVersions(client, earlier.get("client"));
		}
		List<String> later = fields.propertyNames().stream().filter((name) -> !earlier.has(name)).toList();
		assertThat(later).allSatisfy((name) -> assertThat(fields.remove(name).longValue()).isZero());
	}

	@ParameterizedTest
	@FieldSource("VECTORS")
	void itsFrameIsWrittenAsTheVector(Vector vector) {
		if (!vector.isLatest()) {
			assertThat(LATEST.get(vector.name()).hex()).startsWith(vector.hex());
		}
		else if (vector.written()) {
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
		assertThat(LATEST).containsKeys(SAMPLES.keySet().toArray(new String[0]));
		assertThat(VERSIONS)
			.allSatisfy((version) -> assertThat(version).extracting(Vector::name).doesNotHaveDuplicates());
	}

}
