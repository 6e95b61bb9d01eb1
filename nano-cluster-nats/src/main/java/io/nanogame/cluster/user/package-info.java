/**
 * Internal. Players of the cluster by their uids.
 */
@NullMarked
package io.nanogame.cluster.user;

import org.jspecify.annotations.NullMarked;
