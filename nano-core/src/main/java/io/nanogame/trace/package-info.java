/**
 * Following what a client asked for through handlers, services and nodes.
 */
@NullMarked
package io.nanogame.trace;

import org.jspecify.annotations.NullMarked;
