/**
 * API. What a game's tests begin with: the slice of its components, and the client.
 */
@NullMarked
package io.nanogame.boot.test;

import org.jspecify.annotations.NullMarked;
