/**
 * Internal. The command line's commands: what {@code main} starts with.
 */
@NullMarked
package io.nanogame.cli;

import org.jspecify.annotations.NullMarked;
