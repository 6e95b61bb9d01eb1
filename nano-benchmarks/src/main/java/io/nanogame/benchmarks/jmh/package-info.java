/**
 * Internal. JMH benchmarks of parts of the message path.
 */
@NullMarked
package io.nanogame.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
