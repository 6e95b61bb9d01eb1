package io.nanogame.cluster.wire;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A member of a group, as its node tells the others.
 *
 * @param session the id of its session
 * @param uid what it is bound to, or null
 * @param attributes what the game keeps with it
 */
public record Seated(long session, @Nullable String uid, Map<String, Object> attributes) {
}
