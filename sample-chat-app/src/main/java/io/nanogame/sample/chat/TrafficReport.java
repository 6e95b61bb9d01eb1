package io.nanogame.sample.chat;

/**
 * Push {@code onTraffic}: what the server has done since it started.
 *
 * @param received messages handled
 * @param sent messages sent
 */
public record TrafficReport(long received, long sent) {
}
