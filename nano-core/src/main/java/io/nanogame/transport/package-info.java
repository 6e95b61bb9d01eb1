/**
 * Internal. Sockets to messages and back: listener, WebSocket, handshake, heartbeat,
 * output.
 */
@NullMarked
package io.nanogame.transport;

import org.jspecify.annotations.NullMarked;
