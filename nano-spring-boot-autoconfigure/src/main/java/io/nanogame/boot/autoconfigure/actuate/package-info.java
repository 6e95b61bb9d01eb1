/**
 * API. Actuator endpoints, health and meters of the game server.
 */
@NullMarked
package io.nanogame.boot.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
