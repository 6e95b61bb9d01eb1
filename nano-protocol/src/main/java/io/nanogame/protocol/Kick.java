package io.nanogame.protocol;

import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a kick packet: <code>{"reason": "..."}</code>. pitaya sends none at all,
 * but JavaScript clients do not survive that.
 *
 * @param reason why, in words for a person or a program; empty if the server does not say
 * @param reconnect whether the client does well to come back by itself; told by
 * <code>"reconnect": true</code>, which only our own servers and clients know
 */
public record Kick(String reason, boolean reconnect) {

	/**
	 * The body of the packet.
	 * @return a new array, UTF-8
	 */
	public byte[] toJson() {
		ObjectNode body = Json.object().put("reason", reason);
		return Json.write(reconnect ? body.put("reconnect", true) : body);
	}

	/**
	 * Reads the body. Never throws: a kick is a kick, whatever it says.
	 * @param body the body of the packet, may be empty
	 * @return the kick; what cannot be read is not there
	 */
	public static Kick parse(byte[] body) {
		try {
			ObjectNode kick = Json.read(body);
			return new Kick(kick.path("reason").stringValue(""), kick.path("reconnect").booleanValue(false));
		}
		catch (ProtocolException ex) {
			return new Kick("", false);
		}
	}

}
