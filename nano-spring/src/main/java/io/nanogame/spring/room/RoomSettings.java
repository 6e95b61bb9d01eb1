package io.nanogame.spring.room;

import java.time.Duration;

/**
 * The settings of the rooms of a server.
 *
 * @param maxRooms the maximum number of rooms on this node
 * @param lostSeats how long a seat is kept after its session was lost with its server, or
 * replaced by a newer login of the player; zero to free it immediately
 */
public record RoomSettings(int maxRooms, Duration lostSeats) {

}
