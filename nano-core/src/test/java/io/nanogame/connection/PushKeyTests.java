package io.nanogame.connection;

import java.time.Duration;
import java.util.Map;

import io.nanogame.session.OutboundMessage;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys of pushes that the game tells, or fails to.
 */
class PushKeyTests {

	private final OutboundMessage push = OutboundMessage.push("onMove", "ann", new TestSessions().payloads);

	@Test
	void aPushWhoseKeyFailsReplacesNoOther() {
		PushSettings settings = new PushSettings(Duration.ZERO, Map.of(), (route, value) -> {
			throw new IllegalStateException("expected by this test");
		});
		CoalescingBuffer held = new CoalescingBuffer();
		assertThat(held.hold(settings.keyOf(this.push), this.push)).isFalse();
		assertThat(held.hold(settings.keyOf(this.push), this.push)).isFalse();
	}

	@Test
	void theKeyOfTheGameIsUsed() {
		PushSettings settings = new PushSettings(Duration.ZERO, Map.of(), (route, value) -> value);
		assertThat(settings.keyOf(this.push)).isEqualTo("ann");
	}

}
