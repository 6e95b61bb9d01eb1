/**
 * Internal. Sessions that move from one gateway to another: which node owns them, and the
 * pushes that are still on the way to the former one.
 */
@NullMarked
package io.nanogame.cluster.move;

import org.jspecify.annotations.NullMarked;
