package io.nanogame.boot.autoconfigure;

import io.nanogame.server.GameServerBuilder;

/**
 * Customizes the builder of the game server, for settings without a configuration key,
 * such as routes without an annotation, or another fallback for unknown routes. All beans
 * of this type are called in their order, after all other settings.
 */
@FunctionalInterface
public interface GameServerBuilderCustomizer {

	/**
	 * Customizes the builder. Called once, on the thread that starts the context.
	 * @param builder the builder, configured from properties and beans
	 */
	void customize(GameServerBuilder builder);

}
