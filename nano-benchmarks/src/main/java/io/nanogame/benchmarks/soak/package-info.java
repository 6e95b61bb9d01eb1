/**
 * Internal. Soak tests: an app under load and attacks for minutes or hours. They check
 * that well-behaved clients are served and that no resource grows.
 */
@NullMarked
package io.nanogame.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
