/**
 * Internal. The node that handles messages of clients that are connected to other nodes.
 */
@NullMarked
package io.nanogame.cluster.backend;

import org.jspecify.annotations.NullMarked;
