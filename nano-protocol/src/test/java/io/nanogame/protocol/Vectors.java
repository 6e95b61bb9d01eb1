package io.nanogame.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.nanogame.test.FuzzedStream;

/**
 * The golden vectors of the protocol family: bytes that were verified with the codecs of
 * nano, pitaya, pomelo, pinus and the C clients.
 */
final class Vectors {

	private static final JsonNode FILE = read("/vectors.json");

	private Vectors() {
	}

	static JsonNode read(String file) {
		try (InputStream in = Vectors.class.getResourceAsStream(file)) {
			return new JsonMapper().readTree(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Stream<Vector> ofLayer(String... layers) {
		return all().filter((vector) -> Arrays.asList(layers).contains(vector.json().path("layer").asString()));
	}

	static Stream<Vector> all() {
		return FILE.path("vectors").valueStream().map(Vector::new);
	}

	/**
	 * Returns streams of packets with their chunk boundaries, as seeds for fuzzing.
	 */
	static Stream<byte[]> streams() {
		return ofLayer("packet", "stream", "handshake").filter((vector) -> vector.bytes().length < 1000)
			.map((vector) -> FuzzedStream.input(vector.chunks().isEmpty() ? List.of(vector.bytes()) : vector.chunks()));
	}

	static int count() {
		return FILE.path("count").asInt();
	}

	static RouteDictionary dictionary() {
		Map<String, Integer> codes = new TreeMap<>();
		FILE.path("dictionary").forEachEntry((route, code) -> codes.put(route, code.asInt()));
		return RouteDictionary.of(codes);
	}

	record Vector(JsonNode json) {

		byte[] bytes() {
			JsonNode repeat = json.path("repeat");
			return hex(
					json.path("hex").asString() + repeat.path("byte").asString().repeat(repeat.path("count").asInt()));
		}

		JsonNode decoded() {
			return json.path("decoded");
		}

		/**
		 * Returns the message of the expected error, or an empty string.
		 */
		String error() {
			return json.path("error").asString();
		}

		boolean encodersAgree() {
			return json.has("encodersAgree");
		}

		List<byte[]> chunks() {
			return json.path("chunks").valueStream().map((chunk) -> hex(chunk.asString())).toList();
		}

		static byte[] hex(String hex) {
			return HexFormat.of().parseHex(hex);
		}

		@Override
		public String toString() {
			return json.path("name").asString();
		}

	}

}
