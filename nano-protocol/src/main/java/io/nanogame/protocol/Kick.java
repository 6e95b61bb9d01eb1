package io.nanogame.protocol;

import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a kick packet: <code>{"reason": "..."}</code>. pitaya sends an empty body,
 * which crashes JavaScript clients.
 *
 * @param reason the reason, for a person or a program; empty if the server sends none
 * @param reconnect whether the client should reconnect by itself; sent as
 * <code>"reconnect": true</code>, which only our own servers and clients know
 */
public record Kick(String reason, boolean reconnect) {

	/**
	 * Returns the body of the kick packet.
	 * @return a new array, UTF-8
	 */
	public byte[] toJson() {
		ObjectNode body = Json.object().put("reason", reason);
		return Json.write(reconnect ? body.put("reconnect", true) : body);
	}

	/**
	 * Parses the body. Never throws, because a kick takes effect whatever its body
	 * contains.
	 * @param body the body of the packet, may be empty
	 * @return the kick; fields that cannot be read are empty or false
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
