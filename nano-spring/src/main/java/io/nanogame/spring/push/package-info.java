/**
 * API. The push API: how programs that are no game servers reach players, by HTTP.
 */
@NullMarked
package io.nanogame.spring.push;

import org.jspecify.annotations.NullMarked;
