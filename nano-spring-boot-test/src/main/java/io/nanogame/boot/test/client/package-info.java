/**
 * API. The players of a test, and assertions on the messages they receive.
 */
@NullMarked
package io.nanogame.boot.test.client;

import org.jspecify.annotations.NullMarked;
