/**
 * API. A network with simulated faults.
 */
@NullMarked
package io.nanogame.boot.test.network;

import org.jspecify.annotations.NullMarked;
