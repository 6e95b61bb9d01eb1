package io.nanogame.planted.upper;

import io.nanogame.dispatch.UnknownRoute;
import io.nanogame.net.OriginPolicy;
import io.nanogame.planted.lower.Lower;

import org.springframework.boot.SpringApplication;
import org.springframework.security.core.Authentication;

/**
 * Breaks every rule of the architecture, so that the rules can be seen to fail.
 */
public class Upper {

	Lower lower;

	OriginPolicy transport;

	UnknownRoute dispatch;

	SpringApplication boot;

	Authentication security;

}
