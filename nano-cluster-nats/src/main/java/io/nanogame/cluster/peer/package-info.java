/**
 * Internal. Sends frames to other nodes and receives theirs.
 */
@NullMarked
package io.nanogame.cluster.peer;

import org.jspecify.annotations.NullMarked;
