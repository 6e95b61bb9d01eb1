/**
 * SPI. The life of a connection, whatever it came by and whatever its client speaks:
 * {@link io.nanogame.connection.Wire} for those who bring bytes,
 * {@link io.nanogame.connection.Protocol} for those who read them; with settings for
 * those who configure a server.
 */
@NullMarked
package io.nanogame.connection;

import org.jspecify.annotations.NullMarked;
