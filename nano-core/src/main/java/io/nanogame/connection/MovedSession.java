package io.nanogame.connection;

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
 */
public record MovedSession(long id, Introduction introduction, Payloads payloads, @Nullable Session copy) {

}
