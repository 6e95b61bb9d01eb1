/**
 * Internal. Limits on numbers and names.
 */
@NullMarked
package io.nanogame.limit;

import org.jspecify.annotations.NullMarked;
