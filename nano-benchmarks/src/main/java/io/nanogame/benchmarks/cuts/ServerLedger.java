package io.nanogame.benchmarks.cuts;

/**
 * What the server has recorded about one client.
 *
 * @param handled the numbers of its requests and notifications, in the order in which
 * they were handled
 * @param pushed the numbers of the pushes to it
 */
public record ServerLedger(int[] handled, int[] pushed) {
}
