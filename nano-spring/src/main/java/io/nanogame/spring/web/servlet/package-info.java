/**
 * API. The game's WebSocket in a servlet app, under the app's own port and origin.
 */
@NullMarked
package io.nanogame.spring.web.servlet;

import org.jspecify.annotations.NullMarked;
