/**
 * Internal. The protocol {@code json}: one JSON text per message, for pages without a
 * library and for tools such as {@code websocat} and {@code nc}.
 */
@NullMarked
package io.nanogame.plain;

import org.jspecify.annotations.NullMarked;
