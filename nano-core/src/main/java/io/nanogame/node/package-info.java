/**
 * API. The servers of the game, and the choice of the one that handles a session's
 * messages. The same for one server and for a cluster.
 */
@NullMarked
package io.nanogame.node;

import org.jspecify.annotations.NullMarked;
