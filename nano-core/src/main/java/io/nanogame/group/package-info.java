/**
 * API. Sessions that are spoken to together.
 */
@NullMarked
package io.nanogame.group;

import org.jspecify.annotations.NullMarked;
