/**
 * API. Serves the game's WebSocket under the web server of the app.
 */
@NullMarked
package io.nanogame.boot.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
