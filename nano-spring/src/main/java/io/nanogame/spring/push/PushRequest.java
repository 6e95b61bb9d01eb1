package io.nanogame.spring.push;

import io.nanogame.group.Audience;

/**
 * A parsed request of the push API.
 *
 * @param audience the recipients
 * @param route the clients' listener
 * @param body the payload as it is sent
 */
record PushRequest(Audience audience, String route, byte[] body) {
}
