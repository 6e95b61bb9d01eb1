package io.nanogame.cluster.frame;

import java.util.List;

/**
 * The orders of a node for a group that come before a push, and may be lost.
 *
 * @param orders the orders for members
 * @param closed the last close of the group, or {@link CloseOrder#NONE}
 */
public record EarlierOrders(List<MemberFrame.MemberOrder> orders, CloseOrder closed) {

	/** No orders. */
	public static final EarlierOrders NONE = new EarlierOrders(List.of(), CloseOrder.NONE);

}
