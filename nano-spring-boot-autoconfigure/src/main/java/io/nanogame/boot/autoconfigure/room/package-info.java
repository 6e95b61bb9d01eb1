/**
 * Rooms.
 */
@NullMarked
package io.nanogame.boot.autoconfigure.room;

import org.jspecify.annotations.NullMarked;
