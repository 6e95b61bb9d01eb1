package io.nanogame.service;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Services of other nodes. A server that is alone has {@link #NONE}; in a cluster there
 * is another.
 */
public interface RemoteServices {

	/** There are no others. */
	RemoteServices NONE = new RemoteServices() {

		@Override
		public boolean isThisNode(String node) {
			return false;
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
			// Nobody else wants to know.
		}

		@Override
		public void withdrawn(Offer<?> offer) {
			// Nobody else wants to know.
		}

	};

	/**
	 * Whether a node is this one.
	 * @param node an id
	 * @return true for this node's own
	 */
	boolean isThisNode(String node);

	/**
	 * Sends to an instance on another node, or to all that other nodes have. Does not
	 * block.
	 * @param address whom
	 * @param method what
	 * @param arguments of the method
	 * @param headers of the call's span
	 * @throws ServiceException when it is known already that it cannot arrive
	 * @throws io.nanogame.serialize.SerializationException when the arguments cannot
	 * travel
	 */
	void send(ServiceAddress address, ServiceMethod method, Object[] arguments, Map<String, String> headers);

	/**
	 * Calls an instance on another node. Does not block.
	 * @param address whom
	 * @param method what
	 * @param arguments of the method
	 * @param headers of the call's span
	 * @param timeout how long the caller waits; it cancels the answer then
	 * @return the answer, which ends the call when it is cancelled; fails with a
	 * {@link ServiceException}, or an
	 * {@link io.nanogame.serialize.SerializationException} when the arguments cannot
	 * travel
	 */
	CompletableFuture<@Nullable Object> call(ServiceAddress address, ServiceMethod method, Object[] arguments,
			Map<String, String> headers, Duration timeout);

	/**
	 * This node has an instance from now on, which others may call.
	 * @param offer the instance
	 * @throws IllegalArgumentException when its arguments or results can never travel
	 */
	void offered(Offer<?> offer);

	/**
	 * This node has an instance no longer.
	 * @param offer the instance
	 */
	void withdrawn(Offer<?> offer);

}
