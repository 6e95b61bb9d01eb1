/**
 * Internal. Benchmarks of the server, compared with bare Netty and other servers in one
 * run; started by {@code scripts/benchmark}.
 */
@NullMarked
package io.nanogame.benchmarks;

import org.jspecify.annotations.NullMarked;
