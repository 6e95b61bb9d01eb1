/**
 * Internal. A conversation with a server at a terminal.
 */
@NullMarked
package io.nanogame.cli.repl;

import org.jspecify.annotations.NullMarked;
