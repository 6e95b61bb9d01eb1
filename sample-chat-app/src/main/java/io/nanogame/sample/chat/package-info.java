/**
 * API. nano's chat demo, complete: rooms by name, who came and went, and the traffic.
 */
@NullMarked
package io.nanogame.sample.chat;

import org.jspecify.annotations.NullMarked;
