package io.nanogame.spring.push;

/**
 * The limits of the push API.
 *
 * @param maxBodySize the maximum size of a request body in bytes
 * @param maxUsers the maximum number of players in a request
 * @param requestsPerSecond the maximum rate of requests of all callers together; 0 for no
 * limit
 */
public record PushApiLimits(int maxBodySize, int maxUsers, int requestsPerSecond) {
}
