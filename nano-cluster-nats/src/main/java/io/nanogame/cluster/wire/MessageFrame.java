package io.nanogame.cluster.wire;

import java.util.Map;

/**
 * A client's message on its way to the node that handles it.
 *
 * @param sequence counts the messages of its session to that node, above 0
 * @param request whether an answer is expected
 * @param headers what the gateway has to say about it
 * @param route the route
 * @param body the payload
 * @param millisLeft how much of its time is left, in milliseconds; 0 when nothing was
 * said of it
 */
public record MessageFrame(long sequence, boolean request, Map<String, String> headers, String route, byte[] body,
		long millisLeft) {
}
