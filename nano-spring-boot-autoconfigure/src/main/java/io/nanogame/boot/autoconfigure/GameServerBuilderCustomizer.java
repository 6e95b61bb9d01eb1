package io.nanogame.boot.autoconfigure;

import io.nanogame.server.GameServerBuilder;

/**
 * Changes the game server before it is built, for what has no key: routes without an
 * annotation, another fallback for unknown routes. All beans of this type are called, in
 * their order, after everything else was set.
 */
@FunctionalInterface
public interface GameServerBuilderCustomizer {

	/**
	 * Changes the server to be. Main thread, once.
	 * @param builder already set up from properties and beans
	 */
	void customize(GameServerBuilder builder);

}
