/**
 * Internal. Cuts the connections of many clients of a real app, and checks with ledgers
 * of both ends that each message arrives once and in order.
 */
@NullMarked
package io.nanogame.benchmarks.cuts;

import org.jspecify.annotations.NullMarked;
