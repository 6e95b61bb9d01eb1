/**
 * API. Serial executors, the mailbox that keeps a session's messages in order, and
 * timers.
 */
@NullMarked
package io.nanogame.lane;

import org.jspecify.annotations.NullMarked;
