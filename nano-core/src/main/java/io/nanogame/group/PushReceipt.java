package io.nanogame.group;

/**
 * The result of a push. A gateway accepts a push when it has sessions to send it to, not
 * when their clients have received it.
 *
 * @param gateways the number of gateways that have accepted it
 * @param unconfirmed the number of gateways that have not replied: they may or may not
 * have accepted it
 */
public record PushReceipt(int gateways, int unconfirmed) {
}
