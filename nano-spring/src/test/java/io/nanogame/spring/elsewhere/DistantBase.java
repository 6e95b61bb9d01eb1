package io.nanogame.spring.elsewhere;

import io.nanogame.spring.Handler;

/**
 * Has a handler that classes of other packages cannot override.
 */
public abstract class DistantBase {

	@Handler
	String distant() {
		return "here";
	}

}
