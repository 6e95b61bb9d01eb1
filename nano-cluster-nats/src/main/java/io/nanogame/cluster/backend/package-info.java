/**
 * Internal. The node that handles messages of clients that are connected elsewhere.
 */
@NullMarked
package io.nanogame.cluster.backend;

import org.jspecify.annotations.NullMarked;
