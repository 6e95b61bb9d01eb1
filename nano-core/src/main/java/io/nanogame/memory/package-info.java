/**
 * API. A transport without sockets, and a time that stands still until it is advanced:
 * for tests of the engine, of protocols and of games.
 */
@NullMarked
package io.nanogame.memory;

import org.jspecify.annotations.NullMarked;
