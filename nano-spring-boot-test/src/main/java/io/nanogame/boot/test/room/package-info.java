/**
 * Tests of rooms.
 */
@NullMarked
package io.nanogame.boot.test.room;

import org.jspecify.annotations.NullMarked;
