/**
 * Internal. The protocol of pomelo, nano and pitaya: packets, handshake, heartbeat, kick.
 */
@NullMarked
package io.nanogame.pomelo;

import org.jspecify.annotations.NullMarked;
