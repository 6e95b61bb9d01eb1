package io.nanogame.cluster.bus;

import org.jspecify.annotations.Nullable;

/**
 * A message of a {@link Bus}.
 *
 * @param subject the subject it was published to
 * @param replyTo the subject for replies, or null
 * @param body the bytes, which must not be modified; empty if there was no recipient
 * @param noRecipient whether the bus itself reports, on the subject for replies, that a
 * message had no recipient
 */
public record BusMessage(String subject, @Nullable String replyTo, byte[] body, boolean noRecipient) {
}
