package io.nanogame.service;

import java.util.List;

import io.nanogame.node.Node;
import io.nanogame.node.NodeSelector;
import org.jspecify.annotations.Nullable;

/**
 * Where a caller finds its service.
 *
 * @param services the services of this node, and access to others
 * @param type the service
 * @param address the address; its node is null if the selector selects it
 * @param selector selects the node of each call; null for a fixed address
 */
record Destination(Services services, ServiceType<?> type, ServiceAddress address, @Nullable NodeSelector selector) {

	/**
	 * Returns the address for the next call.
	 * @throws ServiceException when there is no node to select
	 */
	ServiceAddress next() {
		if (this.selector == null) {
			return this.address;
		}
		boolean isHere = this.services.offers().find(this.address.service(), null) != null;
		List<Node> candidates = remote().candidates(this.address.service(), isHere);
		if (candidates.isEmpty()) {
			if (isHere) {
				return this.address;
			}
			throw this.address.notThere();
		}
		Node node = (candidates.size() > 1) ? select(this.selector, candidates) : candidates.get(0);
		return new ServiceAddress(this.address.service(), null, node.id(), false);
	}

	private Node select(NodeSelector nodes, List<Node> candidates) {
		Node node = nodes.select(candidates);
		if (!candidates.contains(node)) {
			throw new IllegalStateException(
					"The selector of %s must return one of its candidates, not %s".formatted(this.address, node));
		}
		return node;
	}

	/**
	 * Returns the instance of this node at an address, if calls of the address reach it.
	 */
	@Nullable Offer<?> local(ServiceAddress to) {
		boolean maybeLocal = !to.all() && (to.node() == null || this.services.remote().isThisNode(to.node()));
		return maybeLocal ? this.services.offers().find(to.service(), to.instance()) : null;
	}

	RemoteServices remote() {
		return this.type.isLocal() ? RemoteServices.NONE : this.services.remote();
	}

}
