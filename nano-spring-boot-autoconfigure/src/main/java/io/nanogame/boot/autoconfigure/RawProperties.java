package io.nanogame.boot.autoconfigure;

import io.nanogame.plain.RawProtocol;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Messages of the protocol 'raw' on one port.
 *
 * @param route Route that receives the messages of the protocol 'raw'.
 */
public record RawProperties(@DefaultValue(RawProtocol.DEFAULT_ROUTE) String route) {

	static final RawProperties DEFAULTS = new RawProperties(RawProtocol.DEFAULT_ROUTE);

	/** Returns the checked route. */
	String route(String prefix) {
		Checks.check(!this.route.isBlank() && this.route.length() <= 255, prefix + ".route", this.route,
				"It must be a route, such as raw.message.");
		return this.route;
	}

}
