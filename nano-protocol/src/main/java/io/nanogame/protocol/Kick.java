package io.nanogame.protocol;

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
	 * @return a new array, UTF-8
	 */
	public static byte[] toJson(String reason) {
		return Json.write(Json.object().put("reason", reason));
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
