/**
 * Internal. What nodes tell each other, as bytes, and the way there.
 */
@NullMarked
package io.nanogame.cluster.wire;

import org.jspecify.annotations.NullMarked;
