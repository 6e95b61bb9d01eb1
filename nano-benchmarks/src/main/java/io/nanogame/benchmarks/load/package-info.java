/**
 * Internal. Clients that generate load and measure it.
 */
@NullMarked
package io.nanogame.benchmarks.load;

import org.jspecify.annotations.NullMarked;
