/**
 * API. The engine without sockets, in a time of its own.
 */
@NullMarked
package io.nanogame.boot.test.slice;

import org.jspecify.annotations.NullMarked;
