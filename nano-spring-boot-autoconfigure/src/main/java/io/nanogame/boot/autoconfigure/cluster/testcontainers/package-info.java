/**
 * Internal. NATS in a container of Testcontainers.
 */
@NullMarked
package io.nanogame.boot.autoconfigure.cluster.testcontainers;

import org.jspecify.annotations.NullMarked;
