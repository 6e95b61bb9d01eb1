package io.nanogame.boot.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Internal. Rejects invalid values of keys. Boot's analyzer of the exception reports the
 * key and the origin of the value.
 */
public final class Checks {

	/**
	 * About a hundred years. The engine compares points in time by their difference in
	 * nanoseconds, which must not overflow.
	 */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	/**
	 * In bytes. Handshakes of pomelo clients have 50 to 200 without user data, and the
	 * headers of a WebSocket handshake have about 200 or more.
	 */
	private static final int LEAST_OF_USE = 256;

	private Checks() {
	}

	public static int within(String key, int value, int least, int most) {
		check(value >= least && value <= most, key, value, "It must be %d to %d.".formatted(least, most));
		return value;
	}

	public static int width(String key, int value) {
		check(value == 1 || value == 2 || value == 4, key, value, "It must be 1, 2 or 4.");
		return value;
	}

	private static Duration countable(String key, Duration value) {
		check(value.compareTo(LONGEST) <= 0, key, value, "It must be at most %d days.".formatted(LONGEST.toDays()));
		return value;
	}

	public static int atLeastOne(String key, int value) {
		check(value >= 1, key, value, "It must be at least 1.");
		return value;
	}

	public static int notNegative(String key, int value) {
		check(value >= 0, key, value, "It must not be negative.");
		return value;
	}

	public static Duration aboveZero(String key, Duration value) {
		check(value.compareTo(Duration.ZERO) > 0, key, value, "It must be above zero.");
		return countable(key, value);
	}

	public static Duration notNegative(String key, Duration value) {
		check(!value.isNegative(), key, value, "It must not be negative.");
		return countable(key, value);
	}

	public static Duration wholeSeconds(String key, Duration value) {
		check(value.getSeconds() >= 1 && value.getNano() == 0, key, value,
				"It must be whole seconds, at least one, because the handshake sends whole seconds.");
		return countable(key, value);
	}

	public static Duration atLeastOneMillisecond(String key, Duration value) {
		check(value.compareTo(Duration.ofMillis(1)) >= 0, key, value, "It must be at least one millisecond.");
		return countable(key, value);
	}

	public static int bytes(String key, DataSize value, int most) {
		return bytes(key, value, 1, most);
	}

	/**
	 * Checks the maximum size of data from clients. With too small a maximum the server
	 * would start, but reject every client.
	 */
	public static int bytesOfUse(String key, DataSize value, int most) {
		return bytes(key, value, LEAST_OF_USE, most);
	}

	private static int bytes(String key, DataSize value, int least, int most) {
		check(value.toBytes() >= least && value.toBytes() <= most, key, value,
				"It must be %d to %d bytes.".formatted(least, most));
		return (int) value.toBytes();
	}

	public static int bytesOrNone(String key, DataSize value, int most) {
		check(value.toBytes() >= 0 && value.toBytes() <= most, key, value, "It must be 0 to %d bytes.".formatted(most));
		return (int) value.toBytes();
	}

	/** Checks a single path. A pattern would shadow paths of the web app. */
	public static String path(String key, String value) {
		check(value.isEmpty() || value.startsWith("/"), key, value, "It must begin with a slash.");
		check(value.chars().noneMatch((sign) -> sign <= ' ' || "*?{}#".indexOf(sign) >= 0), key, value,
				"It must be one path, without patterns, query and spaces.");
		return value;
	}

	/** Checks that there is at least one protocol, and that each is known. */
	public static List<String> protocols(String key, List<String> values, Collection<String> known) {
		check(!values.isEmpty(), key, values, "It must contain at least one of " + known + ".");
		for (String value : values) {
			check(known.contains(value), key, value,
					"There is no protocol of this name. Known protocols: " + known + ".");
		}
		return values;
	}

	/** Checks names in a header, which separates them by commas. */
	public static List<String> tokens(String key, List<String> values) {
		for (String value : values) {
			check(!value.isEmpty() && value.chars().allMatch((sign) -> sign > ' ' && sign < 0x7F && sign != ','), key,
					value, "It must be a name without spaces and commas, such as chat.v1.");
		}
		return values;
	}

	/** Checks origins. A value without a scheme matches no page. */
	public static List<String> origins(String key, List<String> values) {
		for (String value : values) {
			boolean special = value.equals("*") || value.equalsIgnoreCase("null");
			check(special || (value.indexOf("://") > 0 && value.indexOf('*') < 0), key, value,
					"It must be an origin with its scheme, such as https://game.example, or '*' alone for all origins.");
		}
		return values;
	}

	public static void check(boolean valid, String key, Object value, String reason) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException(key, value, reason);
		}
	}

}
