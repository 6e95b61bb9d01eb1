/**
 * Internal. The bus in memory: nodes of one JVM, with faults by script.
 */
@NullMarked
package io.nanogame.cluster.bus.memory;

import org.jspecify.annotations.NullMarked;
