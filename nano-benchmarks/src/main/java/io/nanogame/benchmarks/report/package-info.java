/**
 * Internal. Results as tables, JSON and pictures.
 */
@NullMarked
package io.nanogame.benchmarks.report;

import org.jspecify.annotations.NullMarked;
