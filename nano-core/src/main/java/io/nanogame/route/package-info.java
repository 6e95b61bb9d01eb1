/**
 * API. Names that messages are sent to, and the request that asks for an answer.
 */
@NullMarked
package io.nanogame.route;

import org.jspecify.annotations.NullMarked;
