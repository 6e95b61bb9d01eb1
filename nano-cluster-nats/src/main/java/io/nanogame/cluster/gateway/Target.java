package io.nanogame.cluster.gateway;

/**
 * Where a message can be sent at this moment.
 *
 * @param node the id of the node that receives it; empty if it is not sent now
 * @param code the status of the failure; 0 if it has not failed
 * @param text the message of the failure, for the developer of the client
 */
record Target(String node, int code, String text) {

	/** No node can receive it now, but one may soon. */
	static final Target WAIT = new Target("", 0, "");

	static Target of(String node) {
		return new Target(node, 0, "");
	}

	static Target failure(int code, String text) {
		return new Target("", code, text);
	}

	boolean isNode() {
		return !this.node.isEmpty();
	}

}
