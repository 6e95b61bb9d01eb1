/**
 * API. The servers of the game: which there are, and which of them handles a session's
 * messages. The same for one server and for a cluster.
 */
@NullMarked
package io.nanogame.node;

import org.jspecify.annotations.NullMarked;
