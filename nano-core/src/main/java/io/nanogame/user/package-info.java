/**
 * API. Players by their uids, on one server and in a cluster.
 */
@NullMarked
package io.nanogame.user;

import org.jspecify.annotations.NullMarked;
