/**
 * Internal. The protocol {@code json}: one JSON text per message, for pages without a
 * library and for tools such as {@code websocat} and {@code nc}. The protocol
 * {@code raw}: the messages of WebSockets as they are.
 */
@NullMarked
package io.nanogame.plain;

import org.jspecify.annotations.NullMarked;
