package io.nanogame.connection;

import java.time.Duration;
import java.util.Map;

import io.nanogame.session.OutboundMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How pushes leave.
 *
 * @param mergeWindow how long a push may wait for others to leave with it; zero for not
 * at all
 * @param policies what becomes of pushes to clients that do not read, by route; routes
 * that are not named disconnect
 * @param key tells which pushes of a route replace each other
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
	 * The defaults: nothing waits, and who does not read is disconnected.
	 * @return settings without a policy
	 */
	public static PushSettings defaults() {
		return new PushSettings(Duration.ZERO, Map.of(), (route, value) -> null);
	}

	PushPolicy policy(String route) {
		return this.policies.getOrDefault(route, PushPolicy.DISCONNECT);
	}

	/**
	 * The key of a push. One the game cannot tell is like no other, so that the push is
	 * neither lost nor its sender's problem.
	 */
	@Nullable Object keyOf(OutboundMessage push) {
		try {
			return this.key.of(push.route(), push.value());
		}
		catch (Throwable ex) {
			log.error("The key of a push to {} could not be told; it replaces no other", push.route(), ex);
			return new Object();
		}
	}

	/**
	 * Tells which pushes of a {@link PushPolicy#COALESCE} route replace each other.
	 */
	@FunctionalInterface
	public interface Key {

		/**
		 * The key of a push. Any thread; must not block.
		 * @param route the route
		 * @param value what was pushed, such as the position of one player
		 * @return such as the id of that player; null when all pushes of the route
		 * replace each other
		 */
		@Nullable Object of(String route, Object value);

	}

}
