/**
 * API. The nodes of a cluster, where messages go that are not for this one, and players
 * wherever they are.
 */
@NullMarked
package io.nanogame.cluster;

import org.jspecify.annotations.NullMarked;
