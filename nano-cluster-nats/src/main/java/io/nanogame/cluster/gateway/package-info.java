/**
 * Internal. The node that holds the client: messages go out to the nodes that handle
 * them, answers and pushes come back.
 */
@NullMarked
package io.nanogame.cluster.gateway;

import org.jspecify.annotations.NullMarked;
