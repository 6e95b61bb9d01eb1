package io.nanogame.connection;

import java.time.Duration;
import java.util.Map;

import io.nanogame.session.OutboundMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of pushes.
 *
 * @param mergeWindow the time by which a push may be delayed to be flushed with others;
 * zero for no delay
 * @param policies the treatment of pushes to clients that do not read, by route; the
 * default is {@link PushPolicy#DISCONNECT}
 * @param key determines which pushes of a route replace each other
 */
public record PushSettings(Duration mergeWindow, Map<String, PushPolicy> policies, Key key) {

	private static final Logger log = LoggerFactory.getLogger(PushSettings.class);

	public PushSettings {
		policies = Map.copyOf(policies);
		if (mergeWindow.isNegative()) {
			throw new IllegalArgumentException("The merge window must not be negative: " + mergeWindow);
		}
	}

	/**
	 * Returns the defaults: no push is delayed, and clients that do not read are
	 * disconnected.
	 * @return settings without policies
	 */
	public static PushSettings defaults() {
		return new PushSettings(Duration.ZERO, Map.of(), (route, value) -> null);
	}

	PushPolicy policy(String route) {
		return this.policies.getOrDefault(route, PushPolicy.DISCONNECT);
	}

	/**
	 * Returns the key of a push; a unique one if the game fails, so that the push
	 * replaces no other and its sender is not affected.
	 */
	@Nullable Object keyOf(OutboundMessage push) {
		try {
			return this.key.of(push.route(), push.value());
		}
		catch (Throwable ex) {
			log.error("The key of a push to {} could not be determined; the push replaces no other", push.route(), ex);
			return new Object();
		}
	}

	/**
	 * Determines which pushes of a {@link PushPolicy#COALESCE} route replace each other.
	 * Must be thread-safe.
	 */
	@FunctionalInterface
	public interface Key {

		/**
		 * Returns the key of a push. Must not block.
		 * @param route the route
		 * @param value the value of the push, such as the position of one player
		 * @return the key, such as the id of that player; null when all pushes of the
		 * route replace each other
		 */
		@Nullable Object of(String route, Object value);

	}

}
