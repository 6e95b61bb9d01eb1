package io.nanogame.protocol;

import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a kick packet: <code>{"reason": "..."}</code>. pitaya sends an empty body,
 * which crashes JavaScript clients. A server that asks a client with a session that can
 * be resumed to resume it on a new connection sends
 * <code>{"reason": "moving", "reconnect": true, "after": 500}</code>.
 *
 * @param reason the reason, for a person or a program; empty if the server sends none
 * @param reconnect whether the client should reconnect by itself; sent as
 * <code>"reconnect": true</code>, which only our own servers and clients know
 * @param afterMillis the time after which a client that is asked to move closes its
 * connection, in milliseconds; 0 otherwise
 */
public record Kick(String reason, boolean reconnect, long afterMillis) {

	private static final String MOVING = "moving";

	/**
	 * Creates a kick that ends the session.
	 * @param reason the reason, for a person or a program; may be empty
	 * @param reconnect whether the client should reconnect by itself
	 */
	public Kick(String reason, boolean reconnect) {
		this(reason, reconnect, 0);
	}

	/**
	 * Creates a kick that asks the client to resume its session on a new connection.
	 * @param afterMillis the time after which the client closes its connection, in
	 * milliseconds
	 * @return the kick
	 */
	public static Kick moving(long afterMillis) {
		return new Kick(MOVING, true, afterMillis);
	}

	/**
	 * Returns whether the server asks the client to resume its session on a new
	 * connection. A client whose session cannot be resumed treats it as any other kick.
	 * @return whether this is a kick of {@link #moving(long)}
	 */
	public boolean isMoving() {
		return reconnect && reason.equals(MOVING);
	}

	/**
	 * Returns the body of the kick packet.
	 * @return a new array, UTF-8
	 */
	public byte[] toJson() {
		ObjectNode body = Json.object().put("reason", reason);
		if (reconnect) {
			body.put("reconnect", true);
		}
		if (isMoving()) {
			body.put("after", afterMillis);
		}
		return Json.write(body);
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
			return new Kick(kick.path("reason").stringValue(""), kick.path("reconnect").booleanValue(false),
					Math.max(0, kick.path("after").longValue(0)));
		}
		catch (ProtocolException ex) {
			return new Kick("", false);
		}
	}

}
