/**
 * Internal. Clients that make load and measure what they see.
 */
@NullMarked
package io.nanogame.benchmarks.load;

import org.jspecify.annotations.NullMarked;
