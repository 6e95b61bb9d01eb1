/**
 * API. Players, wherever they are connected.
 */
@NullMarked
package io.nanogame.cluster.user;

import org.jspecify.annotations.NullMarked;
