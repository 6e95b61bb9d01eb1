/**
 * API. The engine without sockets, with a virtual time.
 */
@NullMarked
package io.nanogame.boot.test.slice;

import org.jspecify.annotations.NullMarked;
