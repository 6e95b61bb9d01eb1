/**
 * API. The nodes of the cluster: who they are, who comes and who goes.
 */
@NullMarked
package io.nanogame.cluster.node;

import org.jspecify.annotations.NullMarked;
