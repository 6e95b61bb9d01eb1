/**
 * The matchmaker: players wait in queues until those who fit together are matched, and
 * enter a room.
 */
@NullMarked
package io.nanogame.spring.match;

import org.jspecify.annotations.NullMarked;
