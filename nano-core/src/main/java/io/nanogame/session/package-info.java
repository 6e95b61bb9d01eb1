/**
 * API. A player's seat on the server, and the two doors of it: messages in, messages out.
 */
@NullMarked
package io.nanogame.session;

import org.jspecify.annotations.NullMarked;
