package io.nanogame.cluster.wire;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

import io.nanogame.session.Introduction;
import org.jspecify.annotations.Nullable;

/**
 * The description of a session that a backend receives before its first message.
 *
 * @param session its id
 * @param handshake the handshake of the client
 * @param address the address of the client
 * @param transport the transport of the client
 * @param queryParameters the query parameters of the URL of its WebSocket
 * @param uid the uid it is bound to, or null
 * @param login the login, or null
 * @param attributes the attributes
 */
public record Seat(long session, Introduction handshake, InetSocketAddress address, String transport,
		Map<String, List<String>> queryParameters, @Nullable String uid, @Nullable Login login,
		Map<String, Object> attributes) {
}
