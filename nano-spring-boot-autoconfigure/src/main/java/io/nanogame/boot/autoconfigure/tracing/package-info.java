/**
 * Spans of handlers, services and forwarded messages, by Micrometer Tracing.
 */
@NullMarked
package io.nanogame.boot.autoconfigure.tracing;

import org.jspecify.annotations.NullMarked;
