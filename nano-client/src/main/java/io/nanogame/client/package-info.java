/**
 * API. A client for this server and for nano, pitaya and pomelo.
 */
@NullMarked
package io.nanogame.client;

import org.jspecify.annotations.NullMarked;
