package io.nanogame.service;

import io.nanogame.limit.Names;
import org.jspecify.annotations.Nullable;

/**
 * The destination of a call.
 *
 * @param service the name of the service
 * @param instance the name of an instance, such as that of a room; null for the unnamed
 * instance
 * @param node the id of the node that must offer it, or null for any
 * @param all whether the call is for all instances, named and unnamed, instead of one
 */
public record ServiceAddress(String service, @Nullable String instance, @Nullable String node, boolean all) {

	/**
	 * Creates the failure of a call that no node accepts. A service may become available
	 * again. A named instance is a resource that a client has asked for, such as a room
	 * that has ended.
	 * @return the exception to throw
	 */
	public ServiceException notThere() {
		int code = (this.instance != null) ? ServiceException.NO_SUCH_INSTANCE : ServiceException.NOT_THERE;
		return new ServiceException(code, "Nobody offers " + this);
	}

	/**
	 * Checks the name of an instance.
	 * @throws IllegalArgumentException when it is empty, too long or malformed
	 */
	static void checkInstance(String instance) {
		if (instance.isEmpty()) {
			throw new IllegalArgumentException(
					"The name of an instance must not be empty; use null for an unnamed instance");
		}
		Names.check("The name of an instance", instance);
	}

	/** Returns the description used in messages. */
	@Override
	public String toString() {
		return "the service '" + this.service + "'" + ((this.instance != null) ? " named '" + this.instance + "'" : "")
				+ ((this.node != null) ? " on node " + this.node : "");
	}

}
