/**
 * Internal. A real app under all that a day on the internet brings, for minutes or hours:
 * whether clients that behave are served well, and whether anything grows.
 */
@NullMarked
package io.nanogame.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
