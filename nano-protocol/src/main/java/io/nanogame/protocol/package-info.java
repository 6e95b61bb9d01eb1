/**
 * API. The codec of the pomelo family: packets, messages, routes, handshake and kick.
 * Used by both ends of a connection; independent of sockets.
 */
@NullMarked
package io.nanogame.protocol;

import org.jspecify.annotations.NullMarked;
