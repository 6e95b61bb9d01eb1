/**
 * What an observer of the server is notified of: sessions and connections, messages,
 * handlers and calls of services.
 */
@NullMarked
package io.nanogame.observe;

import org.jspecify.annotations.NullMarked;
