package io.nanogame.session;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UpgradeRequestTests {

	@Test
	void aHeaderIsFoundInAnyCaseWithAllItsValues() {
		UpgradeRequest request = UpgradeRequest.of("/nano",
				Stream.of(Map.entry("X-Team", "red"), Map.entry("Empty", ""), Map.entry("x-team", "blue")));
		assertThat(request.path()).isEqualTo("/nano");
		assertThat(request.headers()).hasSize(2)
			.containsEntry("X-TEAM", List.of("red", "blue"))
			.containsEntry("empty", List.of(""));
	}

	@Test
	void aHeaderWithALineFeedCannotBecomeAnother() {
		UpgradeRequest request = UpgradeRequest.of("/",
				Stream.of(Map.entry("a", "1\nadmin\ntrue"), Map.entry("b", "2")));
		assertThat(request.headers()).isEqualTo(Map.of("b", List.of("2")));
	}

	@Test
	void theHeadersCannotBeChangedAndAreNotPrinted() {
		UpgradeRequest request = UpgradeRequest.of("/", Stream.of(Map.entry("Cookie", "secret")));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> request.headers().clear());
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> request.headers().get("Cookie").clear());
		assertThat(request.toString()).doesNotContain("secret");
	}

}
