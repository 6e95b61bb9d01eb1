/**
 * API. The text encoding of the family's clients.
 */
@NullMarked
package io.nanogame.text;

import org.jspecify.annotations.NullMarked;
