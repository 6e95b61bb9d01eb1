/**
 * Internal. Results as tables, JSON and charts.
 */
@NullMarked
package io.nanogame.benchmarks.report;

import org.jspecify.annotations.NullMarked;
