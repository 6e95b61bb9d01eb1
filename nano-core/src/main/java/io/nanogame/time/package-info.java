/**
 * API. The time of a server, and the only code that reads the system's clock.
 */
@NullMarked
package io.nanogame.time;

import org.jspecify.annotations.NullMarked;
