/**
 * API. Puts the parts together, starts and stops them.
 */
@NullMarked
package io.nanogame.server;

import org.jspecify.annotations.NullMarked;
