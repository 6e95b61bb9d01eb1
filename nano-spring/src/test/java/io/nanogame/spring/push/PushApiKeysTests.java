package io.nanogame.spring.push;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PushApiKeysTests {

	private static final String OLD = "0123456789abcdef0123456789abcdef";

	private static final String NEW = "fedcba9876543210fedcba9876543210";

	private final PushApiKeys keys = new PushApiKeys(List.of(OLD, NEW));

	@ParameterizedTest
	@ValueSource(strings = { "Bearer " + OLD, "Bearer " + NEW, "bearer " + NEW, "BEARER   " + OLD + " " })
	void eachKeyIsAccepted(String authorization) {
		assertThat(this.keys.accept(authorization)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Bearer", "Bearer ", OLD, "Basic " + OLD, "Bearer " + OLD + "0",
			"Bearer 0123456789abcdef0123456789abcde", "Bearer 0123456789ABCDEF0123456789ABCDEF",
			"Bearer " + OLD + "," + NEW })
	void otherKeysAreRefused(String authorization) {
		assertThat(this.keys.accept(authorization)).isFalse();
	}

	@Test
	void aMissingKeyIsRefused() {
		assertThat(this.keys.accept(null)).isFalse();
	}

	@Test
	void atLeastOneKeyIsRequired() {
		assertThatExceptionOfType(InvalidPushApiKeyException.class).isThrownBy(() -> new PushApiKeys(List.of()))
			.withMessage("The push API has no key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "secret", "0123456789abcdef0123456789abcde" })
	void aKeyThatCouldBeGuessedIsRefused(String key) {
		assertThatExceptionOfType(InvalidPushApiKeyException.class).isThrownBy(() -> new PushApiKeys(List.of(OLD, key)))
			.withMessageContaining("has %d characters".formatted(key.length()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0123456789abcdef 0123456789abcdef", "0123456789abcdef0123456789abcdeü",
			"=0123456789abcdef0123456789abcdef" })
	void aKeyWithIllegalCharactersIsRefusedAndNotDisclosed(String key) {
		assertThatExceptionOfType(InvalidPushApiKeyException.class).isThrownBy(() -> new PushApiKeys(List.of(key)))
			.withMessageContaining("no HTTP client can send")
			.withMessageNotContaining(key);
	}

}
