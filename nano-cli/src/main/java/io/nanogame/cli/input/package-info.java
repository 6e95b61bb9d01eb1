/**
 * Internal. The textual forms of addresses, payloads and durations.
 */
@NullMarked
package io.nanogame.cli.input;

import org.jspecify.annotations.NullMarked;
