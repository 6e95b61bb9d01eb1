/**
 * API. Serves the game's WebSocket on the port of the app's web server.
 */
@NullMarked
package io.nanogame.boot.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
