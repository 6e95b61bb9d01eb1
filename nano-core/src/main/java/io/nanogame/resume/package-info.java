/**
 * What a session keeps to outlive its connection: tokens, the packets that its client has
 * not confirmed, and the limits of both. Independent of transport and protocol.
 */
@NullMarked
package io.nanogame.resume;

import org.jspecify.annotations.NullMarked;
