/**
 * Internal. NATS as a service of Docker Compose.
 */
@NullMarked
package io.nanogame.boot.autoconfigure.cluster.compose;

import org.jspecify.annotations.NullMarked;
