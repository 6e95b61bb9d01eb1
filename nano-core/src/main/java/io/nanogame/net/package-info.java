/**
 * SPI. Sockets: listener, first bytes, TLS, PROXY header, WebSocket; and doors for those
 * who hand channels over.
 */
@NullMarked
package io.nanogame.net;

import org.jspecify.annotations.NullMarked;
