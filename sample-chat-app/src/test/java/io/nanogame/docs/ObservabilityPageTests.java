package io.nanogame.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

import io.nanogame.boot.autoconfigure.actuate.NanoMeter;
import io.micrometer.common.docs.KeyName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the table of meters equals {@link NanoMeter}.
 */
class ObservabilityPageTests {

	@Test
	void theTableHasEveryMeter() {
		List<String> rows = Page.of(Page.DOCS.resolve("observability.md")).section("Meters").rows();
		assertThat(rows.subList(2, rows.size()))
			.containsExactlyElementsOf(Arrays.stream(NanoMeter.values()).map(ObservabilityPageTests::row).toList());
	}

	private static String row(NanoMeter meter) {
		return "| `%s` | %s | %s | %s | %s |".formatted(meter.getName(),
				meter.getType().name().toLowerCase(Locale.ROOT), Objects.requireNonNullElse(meter.getBaseUnit(), ""),
				tags(meter), meter.description());
	}

	private static String tags(NanoMeter meter) {
		return Arrays.stream(meter.getKeyNames())
			.map(KeyName::asString)
			.map((tag) -> "`" + tag + "`")
			.collect(Collectors.joining(", "));
	}

}
