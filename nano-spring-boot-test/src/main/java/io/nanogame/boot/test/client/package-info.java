/**
 * API. Players of a test, and what is expected of a game.
 */
@NullMarked
package io.nanogame.boot.test.client;

import org.jspecify.annotations.NullMarked;
