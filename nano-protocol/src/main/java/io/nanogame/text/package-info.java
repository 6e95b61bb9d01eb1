/**
 * API. Text as clients of the family write and read it.
 */
@NullMarked
package io.nanogame.text;

import org.jspecify.annotations.NullMarked;
