/**
 * Internal. Dispatches messages to handlers, and sends their results as replies.
 */
@NullMarked
package io.nanogame.dispatch;

import org.jspecify.annotations.NullMarked;
