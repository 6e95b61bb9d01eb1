package io.nanogame.service;

import org.jspecify.annotations.Nullable;

/**
 * Whom a call is for.
 *
 * @param service the name of the service
 * @param instance the name of one instance of it, such as a room's; null for the one
 * without a name
 * @param node the id of the node that must have it, or null for any
 * @param all whether all instances are meant, with a name or without, not one of them
 */
public record ServiceAddress(String service, @Nullable String instance, @Nullable String node, boolean all) {

	/**
	 * The failure of a call that no node takes. A service may come back; a named instance
	 * is something that a client has asked for, such as a room that has ended.
	 * @return to be thrown
	 */
	public ServiceException notThere() {
		int code = (this.instance != null) ? ServiceException.NO_SUCH_INSTANCE : ServiceException.NOT_THERE;
		return new ServiceException(code, "Nobody offers " + this);
	}

	/** As messages name it. */
	@Override
	public String toString() {
		return "the service '" + this.service + "'" + ((this.instance != null) ? " named '" + this.instance + "'" : "")
				+ ((this.node != null) ? " on node " + this.node : "");
	}

}
