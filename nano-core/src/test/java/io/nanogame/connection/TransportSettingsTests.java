package io.nanogame.connection;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.nanogame.connection.CompressionSettings.Method;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.resume.ResumeSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TransportSettingsTests {

	@Test
	void unchangedSettingsKeepTheirDefaults() {
		assertThat(TransportSettings.builder().build()).isEqualTo(TransportSettings.defaults());
	}

	@Test
	void eachMethodOfTheBuilderChangesTheSettingOfTheSameName() {
		TransportLimits limits = new TransportLimits(1, 2, 3, 4, Map.of(), OnExcess.DROP);
		TransportSettings settings = TransportSettings.builder()
			.heartbeat(Duration.ofSeconds(7))
			.idleTimeout(Duration.ofSeconds(6))
			.handshakeTimeout(Duration.ofSeconds(8))
			.highWaterMark(9)
			.keepsQuery(true)
			.limits(limits)
			.maxHandshakeLength(10)
			.maxPacketLength(11)
			.maxInflatedLength(12)
			.minReceiveRate(13)
			.maxInflateRate(14)
			.requestTimeout(Duration.ofSeconds(15))
			.maxBacklog(16)
			.maxBacklogBytes(17)
			.logMessages(true)
			.compression(new CompressionSettings(Set.of(Method.POMELO), 18))
			.resume(new ResumeSettings(Duration.ofSeconds(19), 20, 21, 22))
			.build();
		assertThat(settings).isEqualTo(new TransportSettings(
				new ConnectionSettings(Duration.ofSeconds(7), Duration.ofSeconds(8), Duration.ofSeconds(6), 9, true,
						limits, new PacketLimits(10, 11, 12, 13, 14)),
				new DispatchSettings(Duration.ofSeconds(15), 16, 17, true),
				new CompressionSettings(Set.of(Method.POMELO), 18),
				new ResumeSettings(Duration.ofSeconds(19), 20, 21, 22)));
	}

	@Test
	void theSweepIntervalDependsOnTheShortestTimeOut() {
		TransportSettingsBuilder builder = TransportSettings.builder();
		assertThat(builder.build().sweepInterval()).hasSeconds(1);
		assertThat(builder.heartbeat(Duration.ofSeconds(3)).build().sweepInterval()).hasMillis(750);
		assertThat(builder.requestTimeout(Duration.ofSeconds(2)).build().sweepInterval()).hasMillis(500);
		assertThat(builder.handshakeTimeout(Duration.ofSeconds(1)).build().sweepInterval()).hasMillis(250);
		assertThat(builder.requestTimeout(Duration.ofMillis(1)).build().sweepInterval()).hasMillis(20);
	}

	@Test
	void invalidSettingsAreRejected() {
		refused(TransportSettings.builder().heartbeat(Duration.ofMillis(999)), "at least 1s");
		refused(TransportSettings.builder().maxHandshakeLength(-1), "at least one byte");
		refused(TransportSettings.builder().minReceiveRate(0), "at least one byte");
		refused(TransportSettings.builder().maxInflateRate(0), "at least one byte");
		refused(TransportSettings.builder().maxBacklogBytes(0), "at least one byte");
	}

	private static void refused(TransportSettingsBuilder builder, String words) {
		assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(words);
	}

}
