package io.nanogame.boot.autoconfigure.push;

import java.util.List;

import io.nanogame.boot.autoconfigure.Checks;
import io.nanogame.spring.push.PushApiLimits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * The keys of the push API. Sizes are bytes.
 *
 * @param enabled Whether programs may push to players by HTTP, on the web server's own
 * port.
 * @param keys Secrets that open the push API, at least 32 characters each. One is needed;
 * two while callers change from one to the other.
 * @param maxBodySize Largest body of a request.
 * @param maxUsers How many players a request may name.
 * @param requestsPerSecond How many requests there may be in a second, of all callers
 * together. Use '0' for any number.
 */
@ConfigurationProperties("nano.push-api")
public record NanoPushApiProperties(@DefaultValue("false") boolean enabled, @DefaultValue List<String> keys,
		@DefaultValue("64KB") DataSize maxBodySize, @DefaultValue("1000") int maxUsers,
		@DefaultValue("100") int requestsPerSecond) {

	private static final String PREFIX = "nano.push-api.";

	/** What a packet to a client takes, with room for its route. */
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
