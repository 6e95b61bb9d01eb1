/**
 * Internal. Which nodes of the cluster are up, kept up to date.
 */
@NullMarked
package io.nanogame.cluster.node;

import org.jspecify.annotations.NullMarked;
