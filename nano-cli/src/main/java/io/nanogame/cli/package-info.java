/**
 * Internal. The commands of the command line, and {@code main}.
 */
@NullMarked
package io.nanogame.cli;

import org.jspecify.annotations.NullMarked;
