package io.nanogame.boot.misfit;

import io.nanogame.service.NanoService;

/** Violates a rule of services, in its own package, because packages are scanned. */
@NanoService("misfit")
public interface Misfit {

	default String greet() {
		return "hello";
	}

}
