/**
 * An arena: fighters race for coins, in rooms of four, with spectators, bots and a chat.
 */
@NullMarked
package io.nanogame.sample.arena;

import org.jspecify.annotations.NullMarked;
