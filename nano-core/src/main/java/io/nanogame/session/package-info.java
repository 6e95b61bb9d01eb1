/**
 * API. The sessions of clients, their logins and attributes; and for the engine, their
 * connections and messages.
 */
@NullMarked
package io.nanogame.session;

import org.jspecify.annotations.NullMarked;
