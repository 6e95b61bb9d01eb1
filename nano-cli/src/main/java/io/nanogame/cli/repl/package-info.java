/**
 * Internal. The interactive session with a server at a terminal.
 */
@NullMarked
package io.nanogame.cli.repl;

import org.jspecify.annotations.NullMarked;
