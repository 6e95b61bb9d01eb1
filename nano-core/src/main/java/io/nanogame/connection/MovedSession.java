package io.nanogame.connection;

import java.net.SocketAddress;

import io.nanogame.serialize.Payloads;
import io.nanogame.session.Introduction;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * A session that moves to this server.
 *
 * @param id its id
 * @param introduction the handshake with which it has begun
 * @param payloads its payloads
 * @param copy the same session on this server, if its messages were handled here
 * @param address the address of its client, as that server knows it
 * @param transport the name of its transport
 */
public record MovedSession(long id, Introduction introduction, Payloads payloads, @Nullable Session copy,
		SocketAddress address, String transport) {

}
