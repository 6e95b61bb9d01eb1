/**
 * Internal. The servers under test, each in a process of its own.
 */
@NullMarked
package io.nanogame.benchmarks.server;

import org.jspecify.annotations.NullMarked;
