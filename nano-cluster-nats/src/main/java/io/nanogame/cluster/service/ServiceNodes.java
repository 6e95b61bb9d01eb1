package io.nanogame.cluster.service;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.nanogame.cluster.node.ClusterNodes;
import io.nanogame.node.Node;
import io.nanogame.node.NodeSelector;
import io.nanogame.node.NodeSelectors;
import io.nanogame.service.ServiceAddress;
import org.jspecify.annotations.Nullable;

/**
 * The nodes to which calls of services can be sent. Thread-safe.
 */
final class ServiceNodes {

	private final NodeSelector any = NodeSelectors.random();

	/** Null until this node joins the cluster. */
	private volatile @Nullable ClusterNodes nodes;

	void set(ClusterNodes known) {
		this.nodes = known;
	}

	/** See {@link io.nanogame.service.RemoteServices#candidates}. */
	List<Node> candidates(String service, boolean here) {
		ClusterNodes known = this.nodes;
		if (known == null) {
			return List.of();
		}
		List<Node> others = known.withService(service);
		Node own = known.self();
		return (here && !own.leaving())
				? Stream.concat(Stream.of(own), others.stream()).sorted(Comparator.comparing(Node::id)).toList()
				: others;
	}

	/**
	 * Returns the address of a call: while a node is suspect, a call to any node is sent
	 * to one that is not, if there is one. Otherwise the bus selects among all that are
	 * subscribed: those that hang are subscribed, too.
	 */
	ServiceAddress reachable(ServiceAddress address) {
		ClusterNodes known = this.nodes;
		boolean isForAny = !address.all() && address.instance() == null && address.node() == null;
		if (known == null || !isForAny || known.suspectCount() == 0) {
			return address;
		}
		List<Node> reachable = known.withService(address.service());
		return reachable.isEmpty() ? address
				: new ServiceAddress(address.service(), null, this.any.select(reachable).id(), false);
	}

}
