package io.nanogame.net;

import java.util.List;
import java.util.Set;

import io.nanogame.connection.CompressionSettings;
import io.nanogame.connection.CompressionSettings.Method;
import io.nanogame.connection.TransportSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PermessageDeflateTests {

	private static final String ACCEPTED = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

	private static final TransportSettings ON = TransportSettings.builder()
		.compression(new CompressionSettings(Set.of(Method.PERMESSAGE_DEFLATE), 1024))
		.build();

	private static String accept(String... offers) {
		return PermessageDeflate.accept(List.of(offers), ON);
	}

	@ParameterizedTest
	@ValueSource(strings = { "permessage-deflate", "Permessage-Deflate", "permessage-deflate; client_max_window_bits",
			"permessage-deflate;client_max_window_bits=\"10\"", "permessage-deflate; client_max_window_bits=8",
			"permessage-deflate; server_no_context_takeover; client_no_context_takeover", "x-other, permessage-deflate",
			"permessage-deflate; server_max_window_bits=8, permessage-deflate" })
	void anOfferIsAccepted(String offer) {
		assertThat(accept(offer)).isEqualTo(ACCEPTED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x-other", "permessage-deflate; server_max_window_bits=14",
			"permessage-deflate; server_max_window_bits", "permessage-deflate; client_max_window_bits=7",
			"permessage-deflate; client_max_window_bits=16", "permessage-deflate; client_max_window_bits=",
			"permessage-deflate; client_max_window_bits=x", "permessage-deflate; server_no_context_takeover=1",
			"permessage-deflate; client_no_context_takeover=", "permessage-deflate; unknown", "permessage-deflate;",
			"permessage-deflate; client_max_window_bits; client_max_window_bits=15", "permessage-deflate=1" })
	void anOfferIsDeclined(String offer) {
		assertThat(accept(offer)).isNull();
	}

	@Test
	void aWindowOf15BitsIsConfirmed() {
		assertThat(accept("permessage-deflate; server_max_window_bits=15"))
			.isEqualTo(ACCEPTED + "; server_max_window_bits=15");
	}

	@Test
	void offersMayBeInSeveralHeaders() {
		assertThat(accept("x-other; a=b", "permessage-deflate; server_max_window_bits=9", "permessage-deflate"))
			.isEqualTo(ACCEPTED);
		assertThat(accept()).isNull();
	}

	@Test
	void nothingIsAcceptedWithoutTheSettingOrWithoutInflation() {
		List<String> offer = List.of("permessage-deflate");
		assertThat(PermessageDeflate.accept(offer, TransportSettings.defaults())).isNull();
		assertThat(PermessageDeflate.accept(offer,
				TransportSettings.builder().compression(new CompressionSettings(Set.of(Method.POMELO), 1024)).build()))
			.isNull();
		assertThat(PermessageDeflate.accept(offer,
				TransportSettings.builder().compression(ON.compression()).maxInflatedLength(0).build()))
			.isNull();
	}

}
