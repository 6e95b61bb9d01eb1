package io.nanogame.transport;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

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
