package io.nanogame.spring.elsewhere;

import io.nanogame.spring.Handler;

/**
 * Has a handler that no class of another package can override.
 */
public abstract class DistantBase {

	@Handler
	String distant() {
		return "here";
	}

}
