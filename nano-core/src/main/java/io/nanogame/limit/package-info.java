/**
 * Internal. Numbers that nothing may go above.
 */
@NullMarked
package io.nanogame.limit;

import org.jspecify.annotations.NullMarked;
