/**
 * Internal. What parts of the way of a message cost, measured by JMH.
 */
@NullMarked
package io.nanogame.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
