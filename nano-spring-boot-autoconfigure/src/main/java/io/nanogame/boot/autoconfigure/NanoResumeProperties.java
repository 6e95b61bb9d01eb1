package io.nanogame.boot.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.nanogame.resume.ResumeSettings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * How sessions outlive their connections. Durations without a unit are seconds, sizes are
 * bytes.
 *
 * @param window Time for which a session is kept after its connection was cut, if its
 * client can resume it, and for which a room keeps the seat of a session that was lost
 * with its server or replaced by a newer login. Whole seconds, up to one hour. Use '0' to
 * close sessions with their connections.
 * @param maxBytes Maximum size of the packets that are kept for a session until its
 * client confirms them. Above it, the session cannot be resumed.
 * @param maxSessions Maximum number of sessions without a connection. Above it, those
 * that were cut first are closed.
 * @param maxTotalBytes Maximum size of the packets that are kept for all sessions. Above
 * it, sessions without a connection are closed, those that were cut first before others.
 */
@ConfigurationProperties("nano.resume")
public record NanoResumeProperties(@DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) Duration window,
		@DefaultValue("256KB") DataSize maxBytes, @DefaultValue("100000") int maxSessions,
		@DefaultValue("256MB") DataSize maxTotalBytes) {

	private static final String PREFIX = "nano.resume.";

	/** The maximum window of {@link ResumeSettings}. */
	private static final Duration MAX_WINDOW = Duration.ofHours(1);

	ResumeSettings settings() {
		boolean whole = !this.window.isNegative() && this.window.getNano() == 0;
		Checks.check(whole && this.window.compareTo(MAX_WINDOW) <= 0, PREFIX + "window", this.window,
				"It must be 0 to %d whole seconds, because the handshake sends whole seconds."
					.formatted(MAX_WINDOW.toSeconds()));
		long total = this.maxTotalBytes.toBytes();
		Checks.check(total >= 0, PREFIX + "max-total-bytes", this.maxTotalBytes, "It must not be negative.");
		return new ResumeSettings(this.window,
				Checks.bytesOrNone(PREFIX + "max-bytes", this.maxBytes, Integer.MAX_VALUE),
				Checks.atLeastOne(PREFIX + "max-sessions", this.maxSessions), total);
	}

}
