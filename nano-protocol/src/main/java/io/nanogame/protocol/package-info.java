/**
 * API. Packets, messages, routes, handshake and kick of the pomelo family as bytes; both
 * ends of a connection use it, and it knows of no socket.
 */
@NullMarked
package io.nanogame.protocol;

import org.jspecify.annotations.NullMarked;
