/**
 * Internal. Pushes to an audience, which each gateway acknowledges.
 */
@NullMarked
package io.nanogame.cluster.push;

import org.jspecify.annotations.NullMarked;
