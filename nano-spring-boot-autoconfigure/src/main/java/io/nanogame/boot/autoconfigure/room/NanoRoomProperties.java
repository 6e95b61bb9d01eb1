package io.nanogame.boot.autoconfigure.room;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The configuration of rooms.
 *
 * @param clientAccess Whether clients can find, create and join rooms themselves, by
 * 'rooms.*'. A RoomAccess bean decides who may do what.
 * @param max Maximum number of rooms on this server.
 */
@ConfigurationProperties("nano.room")
public record NanoRoomProperties(@DefaultValue("false") boolean clientAccess, @DefaultValue("10000") int max) {
}
