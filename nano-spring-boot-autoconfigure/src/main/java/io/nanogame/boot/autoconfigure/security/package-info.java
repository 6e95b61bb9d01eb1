/**
 * API. Spring Security for the game, when it is on the class path.
 */
@NullMarked
package io.nanogame.boot.autoconfigure.security;

import org.jspecify.annotations.NullMarked;
