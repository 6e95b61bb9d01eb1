/**
 * Internal. Pushes to whoever they are for, counted by the gateways that took them.
 */
@NullMarked
package io.nanogame.cluster.push;

import org.jspecify.annotations.NullMarked;
