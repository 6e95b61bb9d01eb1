/**
 * Rooms: objects of a game in which players meet. Each has a lane, seats, a tick, and a
 * state that its clients have a copy of.
 */
@NullMarked
package io.nanogame.spring.room;

import org.jspecify.annotations.NullMarked;
