package io.nanogame.protocol;

import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a kick packet: <code>{"reason": "..."}</code>. pitaya sends none at all,
 * but JavaScript clients do not survive that.
 */
public final class Kick {

	private Kick() {
	}

	/**
	 * Writes the body.
	 * @param reason why, in words for a person or a program
	 * @param reconnect whether the client does well to come back by itself; told by
	 * <code>"reconnect": true</code>, which only our own clients know
	 * @return a new array, UTF-8
	 */
	public static byte[] toJson(String reason, boolean reconnect) {
		ObjectNode body = Json.object().put("reason", reason);
		return Json.write(reconnect ? body.put("reconnect", true) : body);
	}

	/**
	 * Reads the body. Never throws: a kick is a kick, whatever it says.
	 * @param body the body of the packet, may be empty
	 * @return the reason, or an empty string if there is none that can be read
	 */
	public static String parse(byte[] body) {
		try {
			return Json.read(body).path("reason").stringValue("");
		}
		catch (ProtocolException ex) {
			return "";
		}
	}

}
