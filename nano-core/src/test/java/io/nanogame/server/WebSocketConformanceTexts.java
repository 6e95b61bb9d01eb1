package io.nanogame.server;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The texts of the cases 6.5 to 6.23 of the Autobahn test suite, which are based on
 * Markus Kuhn's stress test for UTF-8 decoders.
 */
final class WebSocketConformanceTexts {

	/**
	 * A text.
	 *
	 * @param number the number of its case
	 * @param valid whether it is valid UTF-8
	 */
	record Text(String number, byte[] bytes, boolean valid) {
	}

	private WebSocketConformanceTexts() {
	}

	static Stream<Text> all() {
		return Stream
			.of(valid(5, "68656c6c6f24776f726c64", "68656c6c6fc2a2776f726c64", "68656c6c6fe282ac776f726c64",
					"68656c6c6ff0a4ada2776f726c64", "cebae1bdb9cf83cebcceb5"), prefixes(),
					valid(7, "00", "c280", "e0a080", "f0908080"), invalid(8, "f888808080", "fc8480808080"),
					valid(9, "7f", "dfbf", "efbfbf", "f48fbfbf"), invalid(10, "f7bfbfbf", "fbbfbfbfbf", "fdbfbfbfbfbf"),
					valid(11, "ed9fbf", "ee8080", "efbfbd", "f48fbfbf"), Stream.of(text(11, 5, "f4908080", false)),
					invalid(12, "80", "bf", "80bf", "80bf80", "80bf80bf", "80bf80bf80", "80bf80bf80bf",
							range(0x80, 0xBE, "")),
					invalid(13, range(0xC0, 0xDF, "20"), range(0xE0, 0xEF, "20"), range(0xF0, 0xF7, "20"),
							range(0xF8, 0xFB, "20"), range(0xFC, 0xFD, "20")),
					invalid(14, "c0", "e080", "f08080", "f8808080", "fc80808080", "df", "efbf", "f7bfbf", "fbbfbfbf",
							"fdbfbfbfbf"),
					invalid(15, "c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf"),
					invalid(16, "fe", "ff", "fefeffff"),
					invalid(17, "c0af", "e080af", "f08080af", "f8808080af", "fc80808080af"),
					invalid(18, "c1bf", "e09fbf", "f08fbfbf", "f887bfbfbf", "fc83bfbfbfbf"),
					invalid(19, "c080", "e08080", "f0808080", "f880808080", "fc8080808080"),
					invalid(20, "eda080", "edadbf", "edae80", "edafbf", "edb080", "edbe80", "edbfbf"),
					invalid(21, "eda080edb080", "eda080edbfbf", "edadbfedb080", "edadbfedbfbf", "edae80edb080",
							"edae80edbfbf", "edafbfedb080", "edafbfedbfbf"),
					valid(22, nonCharacters()),
					valid(23, "efbfb9", "efbfba", "efbfbb", "efbfbc", "efbfbd", "efbfbe", "efbfbf"))
			.flatMap((texts) -> texts);
	}

	/** All prefixes of a word whose characters have two or three bytes. */
	private static Stream<Text> prefixes() {
		String word = "cebae1bdb9cf83cebcceb5";
		List<Integer> ends = List.of(2, 5, 7, 9, 11);
		return IntStream.rangeClosed(1, 11)
			.mapToObj((length) -> text(6, length, word.substring(0, 2 * length), ends.contains(length)));
	}

	private static String[] nonCharacters() {
		List<String> texts = new ArrayList<>();
		for (int plane = 0; plane <= 16; plane++) {
			for (int last : new int[] { 0xFFFE, 0xFFFF }) {
				String character = Character.toString(plane << 16 | last);
				texts.add(HexFormat.of().formatHex(ConformanceCase.bytes(character)));
			}
		}
		return texts.toArray(String[]::new);
	}

	private static String range(int first, int last, String after) {
		StringBuilder bytes = new StringBuilder();
		for (int i = first; i <= last; i++) {
			bytes.append(Integer.toHexString(i)).append(after);
		}
		return bytes.toString();
	}

	private static Stream<Text> valid(int section, String... texts) {
		return IntStream.range(0, texts.length).mapToObj((i) -> text(section, i + 1, texts[i], true));
	}

	private static Stream<Text> invalid(int section, String... texts) {
		return IntStream.range(0, texts.length).mapToObj((i) -> text(section, i + 1, texts[i], false));
	}

	private static Text text(int section, int number, String hex, boolean valid) {
		return new Text("6." + section + "." + number, HexFormat.of().parseHex(hex), valid);
	}

}
