package io.nanogame.boot.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.nanogame.net.KeepAlive;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * TCP keepalive: probes of the operating system that detect dead connections.
 *
 * @param idle Silence of a connection after which the first probe is sent. By default no
 * probes are sent.
 * @param interval Time between probes.
 * @param count Number of probes without reply after which the connection ends.
 */
public record KeepAliveProperties(@Nullable @DurationUnit(ChronoUnit.SECONDS) Duration idle,
		@DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS) Duration interval, @DefaultValue("3") int count) {

	static final KeepAliveProperties OFF = new KeepAliveProperties(null, Duration.ofSeconds(10), 3);

	/** Returns the checked probes, or null for none. */
	@Nullable KeepAlive probes(String prefix) {
		seconds(prefix + ".interval", this.interval);
		Checks.within(prefix + ".count", this.count, 1, KeepAlive.MAX_COUNT);
		return (this.idle != null) ? new KeepAlive(seconds(prefix + ".idle", this.idle), this.interval, this.count)
				: null;
	}

	private static Duration seconds(String key, Duration value) {
		Checks.check(value.getNano() == 0 && value.getSeconds() >= 1 && value.getSeconds() <= KeepAlive.MAX_SECONDS,
				key, value, "It must be whole seconds, 1 to %d.".formatted(KeepAlive.MAX_SECONDS));
		return value;
	}

}
