package io.nanogame.boot.test.client;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param body its bytes
 * @param error code and words if it is an error
 */
public record Reply(byte[] body, @Nullable ErrorReply error) {
}
