package io.nanogame.spring.match;

/**
 * A queue, as all nodes know it.
 *
 * @param queue its name
 * @param kind the kind of the rooms of its matches
 * @param players the number of players of a match
 * @param timeoutMillis how long a ticket waits
 */
record QueueInfo(String queue, String kind, int players, long timeoutMillis) {
}
