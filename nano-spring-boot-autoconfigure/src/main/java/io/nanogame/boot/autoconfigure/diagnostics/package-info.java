/**
 * Internal. Says in plain words why the game server did not start, and what to do.
 */
@NullMarked
package io.nanogame.boot.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
