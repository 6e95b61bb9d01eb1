/**
 * Internal. Messages to handlers, results to replies.
 */
@NullMarked
package io.nanogame.dispatch;

import org.jspecify.annotations.NullMarked;
