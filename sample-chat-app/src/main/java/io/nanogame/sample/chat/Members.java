package io.nanogame.sample.chat;

import java.util.List;

/**
 * Push {@code onMembers}: who is in the room already.
 *
 * @param members their names
 */
public record Members(List<String> members) {
}
