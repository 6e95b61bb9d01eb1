/**
 * API. Several servers as one, on NATS.
 */
@NullMarked
package io.nanogame.boot.autoconfigure.cluster;

import org.jspecify.annotations.NullMarked;
