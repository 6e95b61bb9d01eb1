package io.nanogame.client;

/**
 * A notification whose session ended before the server had confirmed it.
 *
 * @param route the route of the notification
 * @param body the serialized payload
 * @param sent {@code true} if the notification was sent, so that the server may have
 * handled it or not; {@code false} if it was not sent, so that it can be sent again
 * @see NanoClient#onUndelivered
 */
public record UndeliveredNotification(String route, byte[] body, boolean sent) {
}
