/**
 * API. The annotations of a game's tests: the slice of its components, and the client.
 */
@NullMarked
package io.nanogame.boot.test;

import org.jspecify.annotations.NullMarked;
