/**
 * SPI. Sockets to messages and back: listener, WebSocket, handshake, heartbeat, output;
 * with settings for those who configure a server, and doors for those who bring
 * connections.
 */
@NullMarked
package io.nanogame.transport;

import org.jspecify.annotations.NullMarked;
