/**
 * API. The game's WebSocket in a WebFlux app, under the app's own port and origin.
 */
@NullMarked
package io.nanogame.spring.web.reactive;

import org.jspecify.annotations.NullMarked;
