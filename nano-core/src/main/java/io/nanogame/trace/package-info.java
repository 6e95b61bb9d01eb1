/**
 * SPI. Tracing of requests through handlers, services and nodes.
 */
@NullMarked
package io.nanogame.trace;

import org.jspecify.annotations.NullMarked;
