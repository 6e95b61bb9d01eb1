/**
 * Internal. The node to which a client is connected: sends its messages to the nodes that
 * handle them, and their replies and pushes to the client.
 */
@NullMarked
package io.nanogame.cluster.gateway;

import org.jspecify.annotations.NullMarked;
