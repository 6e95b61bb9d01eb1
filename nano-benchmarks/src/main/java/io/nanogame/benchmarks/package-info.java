/**
 * Internal. What the server costs, measured beside bare Netty and other servers in one
 * run; {@code scripts/benchmark} starts it.
 */
@NullMarked
package io.nanogame.benchmarks;

import org.jspecify.annotations.NullMarked;
