package io.nanogame.boot.autoconfigure.push;

import java.util.List;

import io.nanogame.boot.autoconfigure.Checks;
import io.nanogame.spring.push.PushApiLimits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * The configuration of the push API. Sizes are bytes.
 *
 * @param enabled Whether to serve the push API, by which programs push to players over
 * HTTP, on the web server's port.
 * @param keys API keys of callers, at least one, with at least 32 characters each.
 * Several allow a rotation of keys.
 * @param maxBodySize Maximum size of a request body.
 * @param maxUsers Maximum number of players in a request.
 * @param requestsPerSecond Maximum number of requests per second, of all callers
 * together. Use '0' for no limit.
 */
@ConfigurationProperties("nano.push-api")
public record NanoPushApiProperties(@DefaultValue("false") boolean enabled, @DefaultValue List<String> keys,
		@DefaultValue("64KB") DataSize maxBodySize, @DefaultValue("1000") int maxUsers,
		@DefaultValue("100") int requestsPerSecond) {

	private static final String PREFIX = "nano.push-api.";

	/** The maximum body of a packet to a client, less room for its route. */
	private static final int MAX_BODY_SIZE = 16 * 1024 * 1024 - 1024;

	private static final int MAX_RATE = 1_000_000;

	PushApiLimits limits() {
		int most = Checks.bytesOfUse(PREFIX + "max-body-size", this.maxBodySize, MAX_BODY_SIZE);
		check(this.maxUsers >= 1, "max-users", this.maxUsers, "It must be at least 1.");
		check(this.requestsPerSecond >= 0 && this.requestsPerSecond <= MAX_RATE, "requests-per-second",
				this.requestsPerSecond, "It must be 0 to %d.".formatted(MAX_RATE));
		return new PushApiLimits(most, this.maxUsers, this.requestsPerSecond);
	}

	private static void check(boolean valid, String key, Object value, String reason) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + key, value, reason);
		}
	}

}
