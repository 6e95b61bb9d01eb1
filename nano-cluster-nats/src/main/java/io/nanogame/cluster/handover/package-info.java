/**
 * Internal. Moves sessions from one gateway to another, because their clients have
 * connected there.
 */
@NullMarked
package io.nanogame.cluster.handover;

import org.jspecify.annotations.NullMarked;
