package io.nanogame.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.nanogame.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * Access to the services of other nodes. A server alone uses {@link #NONE}; a cluster
 * provides its own implementation.
 */
public interface RemoteServices {

	/** No other nodes. */
	RemoteServices NONE = new RemoteServices() {

		@Override
		public boolean isThisNode(String node) {
			return false;
		}

		@Override
		public List<Node> candidates(String service, boolean here) {
			return List.of();
		}

		@Override
		public void send(ServiceAddress address, ServiceMethod method, Object[] arguments,
				Map<String, String> headers) {
			if (!address.all()) {
				throw address.notThere();
			}
		}

		@Override
		public CompletableFuture<@Nullable Object> call(ServiceAddress address, ServiceMethod method,
				Object[] arguments, Map<String, String> headers, Duration timeout) {
			return CompletableFuture.failedFuture(address.notThere());
		}

		@Override
		public void offered(Offer<?> offer) {
			// There are no other nodes to notify.
		}

		@Override
		public void withdrawn(Offer<?> offer) {
			// There are no other nodes to notify.
		}

		@Override
		public Runnable claim(ServiceAddress name, NameOwner owner) {
			owner.acquired(Tenure.UNCLAIMED);
			return () -> {
			};
		}

	};

	/**
	 * Returns whether a node is this one.
	 * @param node an id
	 * @return true for this node's own
	 */
	boolean isThisNode(String node);

	/**
	 * Returns the nodes to which a call can be sent. Does not block.
	 * @param service the name of a service
	 * @param here whether this node offers it
	 * @return the nodes that offer it, and are neither leaving nor suspect, sorted by id;
	 * with this node if it offers the service and is not leaving. Empty if there are none
	 */
	List<Node> candidates(String service, boolean here);

	/**
	 * Sends a call to an instance on another node, or to all instances on other nodes.
	 * Does not block.
	 * @param address the service
	 * @param method the method
	 * @param arguments the arguments of the method
	 * @param headers the headers of the caller's span
	 * @throws ServiceException when it is already known that the call cannot be delivered
	 * @throws io.nanogame.serialize.SerializationException when the arguments cannot be
	 * serialised
	 */
	void send(ServiceAddress address, ServiceMethod method, Object[] arguments, Map<String, String> headers);

	/**
	 * Calls an instance on another node. Does not block.
	 * @param address the service
	 * @param method the method
	 * @param arguments the arguments of the method
	 * @param headers the headers of the caller's span
	 * @param timeout how long the caller waits; the caller cancels the result then
	 * @return the result; cancelling it cancels the call. Fails with a
	 * {@link ServiceException}, or with a
	 * {@link io.nanogame.serialize.SerializationException} when the arguments cannot be
	 * serialised
	 */
	CompletableFuture<@Nullable Object> call(ServiceAddress address, ServiceMethod method, Object[] arguments,
			Map<String, String> headers, Duration timeout);

	/**
	 * Announces an instance of this node, which other nodes may call from now on.
	 * @param offer the instance
	 * @throws IllegalArgumentException when its arguments or results can never be
	 * serialised
	 */
	void offered(Offer<?> offer);

	/**
	 * Announces that an instance of this node has been withdrawn.
	 * @param offer the instance
	 */
	void withdrawn(Offer<?> offer);

	/**
	 * Claims the name of an instance, of which one node at a time is the owner. Blocks
	 * for a moment.
	 * @param name the service and the name of the instance
	 * @param owner receives the tenures of this node
	 * @return ends the claim, but not its tenure; does not block
	 * @throws IllegalStateException when it is known that names cannot be claimed
	 */
	Runnable claim(ServiceAddress name, NameOwner owner);

}
