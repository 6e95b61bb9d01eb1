package io.nanogame.protocol;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClientInfoTests {

	@ParameterizedTest
	@CsvSource({ "js-websocket, 0.0.1, '', '', true, false", "js-ws, 0.0.1, '', '', true, false",
			"unity-socket, 0.3.0, '', '', true, false", "linux, 0.3.5-release, '', '', true, false",
			"c, 0.3.4, '', '', false, false", "pomelo-node-tcp-client, 0.0.1, '', '', false, false",
			"'', '', '', '', false, false", "'', '', mac, 0.3.5-release, false, true",
			"js-websocket, 0.0.1, ios, 4.6.2-, false, true", "'', '', mac, '', false, false",
			"'', '', '', 4.6.2-, false, false" })
	void eachClientOfTheFamilyIsRecognised(String type, String version, String platform, String libVersion,
			boolean readsRouteCodes, boolean pitaya) {
		ClientInfo client = new ClientInfo(type, version, platform, libVersion, "");
		assertThat(client.readsRouteCodes()).isEqualTo(readsRouteCodes);
		assertThat(client.pitaya()).isEqualTo(pitaya);
	}

	@Test
	void numbersAreReadAsText() {
		ClientInfo client = parse("{\"type\": 1, \"version\": 0.5, \"dictVersion\": 0}");
		assertThat(client).isEqualTo(new ClientInfo("1", "0.5", "", "", "0"));
	}

	@Test
	void valuesOfOtherTypesCountAsAbsent() {
		ClientInfo client = parse(
				"{\"type\": {}, \"version\": [\"x\"], \"platform\": true, \"libVersion\": null, \"more\": \"x\"}");
		assertThat(client).isEqualTo(ClientInfo.UNKNOWN);
	}

	@Test
	void longTextIsTruncated() {
		String novel = "x".repeat(60_000);
		ClientInfo client = parse("{\"type\": \"" + novel + "\", \"dictVersion\": \"" + novel + "\"}");
		assertThat(client.type()).hasSize(64);
		assertThat(client.dictVersion()).hasSize(64);
	}

	@Test
	void noSurrogatePairIsSplit() {
		assertThat(parse("{\"type\": \"" + "x".repeat(63) + "😀\"}").type()).isEqualTo("x".repeat(63));
		assertThat(parse("{\"type\": \"" + "x".repeat(62) + "😀\"}").type()).isEqualTo("x".repeat(62) + "😀");
	}

	@Test
	void sessionsOfBrowsersShareOneInstance() {
		String sys = "{\"type\": \"js-websocket\", \"version\": \"0.0.1\", \"rsa\": {}}";
		assertThat(parse(sys)).isSameAs(parse(sys));
		String compressed = "{\"type\": \"js-websocket\", \"version\": \"0.0.1\", \"compression\": \"zlib\"}";
		assertThat(parse(compressed)).isSameAs(parse(compressed));
		assertThat(parse("{}")).isSameAs(ClientInfo.UNKNOWN);
	}

	@Test
	void onlyPitayaClientsAndOursReadCompressedBodies() {
		assertThat(parse("{\"platform\": \"mac\", \"libVersion\": \"0.3.5\"}").readsCompressedBodies()).isTrue();
		assertThat(parse("{\"type\": \"nano-java\"}").readsCompressedBodies()).isTrue();
		assertThat(parse("{\"type\": \"js-websocket\", \"compression\": \"zlib\"}").readsCompressedBodies()).isTrue();
		assertThat(parse("{\"type\": \"js-websocket\", \"compression\": \"br\"}").readsCompressedBodies()).isFalse();
		assertThat(parse("{\"type\": \"js-websocket\"}").readsCompressedBodies()).isFalse();
		assertThat(parse("{\"type\": \"c\", \"version\": \"0.3.5-release\"}").readsCompressedBodies()).isFalse();
		assertThat(ClientInfo.UNKNOWN.readsCompressedBodies()).isFalse();
	}

	private static ClientInfo parse(String sys) {
		return HandshakeRequest.parse(("{\"sys\": " + sys + "}").getBytes(StandardCharsets.UTF_8)).client();
	}

}
