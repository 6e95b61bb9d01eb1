package io.nanogame.spring.room;

/**
 * The result of a call of a room, with the node that the room is on.
 *
 * @param node the id of the node
 * @param result the result
 * @param <T> the type of the result
 */
record Located<T>(String node, T result) {
}
