/**
 * API. A network that can be made to fail.
 */
@NullMarked
package io.nanogame.boot.test.network;

import org.jspecify.annotations.NullMarked;
