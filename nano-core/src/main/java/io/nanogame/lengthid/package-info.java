/**
 * API. The protocol {@code length-id}: a length, a numeric id and a body per packet, for
 * clients of frameworks such as netman.
 */
@NullMarked
package io.nanogame.lengthid;

import org.jspecify.annotations.NullMarked;
