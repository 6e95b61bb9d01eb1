package io.nanogame.sample.chat;

/**
 * Push {@code onTraffic}: the messages since the start of the server.
 *
 * @param received the number of handled messages
 * @param sent the number of sent messages
 */
public record TrafficReport(long received, long sent) {
}
