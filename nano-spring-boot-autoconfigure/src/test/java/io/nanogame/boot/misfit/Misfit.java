package io.nanogame.boot.misfit;

import io.nanogame.service.NanoService;

/** Breaks a rule of services, in a package of its own, because packages are scanned. */
@NanoService("misfit")
public interface Misfit {

	default String greet() {
		return "hello";
	}

}
