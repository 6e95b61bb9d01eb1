/**
 * SPI. Interceptors around handlers, and on every message that leaves.
 */
@NullMarked
package io.nanogame.pipeline;

import org.jspecify.annotations.NullMarked;
