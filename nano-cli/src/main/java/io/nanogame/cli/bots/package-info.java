/**
 * Internal. Scenarios, their players, and the measurements.
 */
@NullMarked
package io.nanogame.cli.bots;

import org.jspecify.annotations.NullMarked;
