package io.nanogame.sample.chat;

import java.util.List;

/**
 * Push {@code onMembers}: the present members of a room.
 *
 * @param members their names
 */
public record Members(List<String> members) {
}
