/**
 * SPI. Interceptors of handlers and of outbound messages.
 */
@NullMarked
package io.nanogame.pipeline;

import org.jspecify.annotations.NullMarked;
