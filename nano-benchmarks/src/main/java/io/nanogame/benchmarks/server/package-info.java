/**
 * Internal. The servers under test, each in its own process.
 */
@NullMarked
package io.nanogame.benchmarks.server;

import org.jspecify.annotations.NullMarked;
