/**
 * API. Builds, starts and stops a server.
 */
@NullMarked
package io.nanogame.server;

import org.jspecify.annotations.NullMarked;
