package io.nanogame.spring.push;

/**
 * How much callers of the push API may ask for.
 *
 * @param maxBodySize how many bytes a request may have
 * @param maxUsers how many players a request may name
 * @param requestsPerSecond how many requests there may be in a second, of all callers
 * together; 0 for any number
 */
public record PushApiLimits(int maxBodySize, int maxUsers, int requestsPerSecond) {
}
