/**
 * SPI. Connections, independent of transport and protocol:
 * {@link io.nanogame.connection.Wire} is implemented by transports,
 * {@link io.nanogame.connection.Protocol} by protocols. Contains the settings of a
 * server.
 */
@NullMarked
package io.nanogame.connection;

import org.jspecify.annotations.NullMarked;
