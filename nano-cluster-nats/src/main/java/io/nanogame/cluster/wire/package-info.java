/**
 * Internal. The connection to NATS, its subjects, and the batches of frames between
 * nodes.
 */
@NullMarked
package io.nanogame.cluster.wire;

import org.jspecify.annotations.NullMarked;
