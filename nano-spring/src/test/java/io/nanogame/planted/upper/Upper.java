package io.nanogame.planted.upper;

import io.nanogame.dispatch.UnknownRoute;
import io.nanogame.net.OriginPolicy;
import io.nanogame.planted.lower.Lower;
import io.nanogame.session.SessionHandle;

import org.springframework.boot.SpringApplication;
import org.springframework.security.core.Authentication;

/**
 * Violates every rule of the architecture, to prove that the rules detect it.
 */
public class Upper {

	Lower lower;

	OriginPolicy transport;

	UnknownRoute dispatch;

	SpringApplication boot;

	Authentication security;

	SessionHandle handle;

}
