package io.nanogame.boot.planted.two;

import io.nanogame.boot.planted.one.One;
import io.nanogame.net.NettyLoops;
import io.netty.buffer.ByteBuf;

import org.springframework.security.core.Authentication;

/** The other end of a cycle, with access to bytes, which the rules must detect. */
public class Two {

	One one;

	ByteBuf bytes;

	NettyLoops loops;

	Authentication security;

}
