/**
 * SPI. Sockets: listeners, transport detection, TLS, PROXY header, WebSocket; and methods
 * that take over the channels of web servers.
 */
@NullMarked
package io.nanogame.net;

import org.jspecify.annotations.NullMarked;
