/**
 * API. Lets people and monitors look into the game server: endpoint, health, meters.
 */
@NullMarked
package io.nanogame.boot.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
