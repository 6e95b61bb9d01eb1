/**
 * API. Routes, their handlers, and requests.
 */
@NullMarked
package io.nanogame.route;

import org.jspecify.annotations.NullMarked;
