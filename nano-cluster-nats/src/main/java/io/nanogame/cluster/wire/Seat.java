package io.nanogame.cluster.wire;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

import io.nanogame.session.Introduction;
import org.jspecify.annotations.Nullable;

/**
 * What a backend is told of a session before its first message.
 *
 * @param session its id
 * @param handshake what the client said of itself
 * @param address where the client is
 * @param transport how it is connected
 * @param queryParameters of the URL its WebSocket was opened with
 * @param uid what it is bound to, or null
 * @param login who is logged in, or null
 * @param attributes what the game keeps with it
 */
public record Seat(long session, Introduction handshake, InetSocketAddress address, String transport,
		Map<String, List<String>> queryParameters, @Nullable String uid, @Nullable Login login,
		Map<String, Object> attributes) {
}
