package io.nanogame.boot.planted.two;

import io.nanogame.boot.planted.one.One;
import io.nanogame.net.OriginPolicy;
import io.netty.buffer.ByteBuf;

import org.springframework.security.core.Authentication;

/** The other end of a cycle, with a hand on bytes, to show that the rules see it. */
public class Two {

	One one;

	ByteBuf bytes;

	OriginPolicy origins;

	Authentication security;

}
