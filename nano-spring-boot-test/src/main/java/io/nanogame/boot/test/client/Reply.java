package io.nanogame.boot.test.client;

import org.jspecify.annotations.Nullable;

/**
 * The reply to a request.
 *
 * @param body the body
 * @param error code and message if it is an error
 */
public record Reply(byte[] body, @Nullable ErrorReply error) {
}
