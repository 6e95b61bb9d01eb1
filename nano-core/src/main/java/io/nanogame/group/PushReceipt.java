package io.nanogame.group;

/**
 * What became of a push. That a gateway took it means that it found sessions it is for,
 * not that their clients have read it.
 *
 * @param gateways how many gateways have said that they took it
 * @param unconfirmed how many gateways have not answered: they may have taken it, or not
 */
public record PushReceipt(int gateways, int unconfirmed) {
}
