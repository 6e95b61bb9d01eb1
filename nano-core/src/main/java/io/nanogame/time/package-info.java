/**
 * API. The time of a server, and the only place that asks the system for it.
 */
@NullMarked
package io.nanogame.time;

import org.jspecify.annotations.NullMarked;
