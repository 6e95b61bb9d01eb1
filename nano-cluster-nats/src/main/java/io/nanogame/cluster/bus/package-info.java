/**
 * Internal. Carries messages between the nodes of a cluster. Its packages are the
 * implementations.
 */
@NullMarked
package io.nanogame.cluster.bus;

import org.jspecify.annotations.NullMarked;
