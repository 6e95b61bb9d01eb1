/**
 * Internal. Players by the thousand: what they do, what they see, the report of it.
 */
@NullMarked
package io.nanogame.cli.bots;

import org.jspecify.annotations.NullMarked;
