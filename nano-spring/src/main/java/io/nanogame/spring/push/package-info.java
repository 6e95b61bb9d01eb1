/**
 * API. The push API: pushes to players from other programs, by HTTP.
 */
@NullMarked
package io.nanogame.spring.push;

import org.jspecify.annotations.NullMarked;
