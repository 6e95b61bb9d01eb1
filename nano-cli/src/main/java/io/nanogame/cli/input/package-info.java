/**
 * Internal. What people type and read: addresses, payloads, times.
 */
@NullMarked
package io.nanogame.cli.input;

import org.jspecify.annotations.NullMarked;
