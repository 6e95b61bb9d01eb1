package io.nanogame.spring.push;

import io.nanogame.group.Audience;

/**
 * What a caller wants pushed.
 *
 * @param audience to whom
 * @param route the clients' listener
 * @param body the payload as it will travel
 */
record PushRequest(Audience audience, String route, byte[] body) {
}
