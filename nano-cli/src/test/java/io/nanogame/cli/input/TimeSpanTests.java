package io.nanogame.cli.input;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TimeSpanTests {

	@ParameterizedTest
	@CsvSource({ "250ms, 250", "1.5s, 1500", "2m, 120000", "1h, 3600000", "0s, 0" })
	void durationsAreParsed(String text, long millis) {
		assertThat(TimeSpan.parse(text)).isEqualTo(Duration.ofMillis(millis));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "5", "s", "-1s", "1 day", "1s2m" })
	void otherFormsAreRejected(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> TimeSpan.parse(text))
			.withMessage("a time is written 250ms, 1.5s, 2m or 1h, not '%s'", text);
	}

	@Test
	void durationsAreFormattedWithThreeDigits() {
		assertThat(TimeSpan.format(Duration.ofNanos(1_234_567))).isEqualTo("1.23 ms");
		assertThat(TimeSpan.format(Duration.ofNanos(12_345_678))).isEqualTo("12.3 ms");
		assertThat(TimeSpan.format(Duration.ofMillis(1234))).isEqualTo("1234 ms");
		assertThat(TimeSpan.format(Duration.ofSeconds(75))).isEqualTo("75.0 s");
	}

}
