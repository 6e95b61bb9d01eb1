package io.nanogame.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.nanogame.protocol.ProtocolException.Reason;

/**
 * The server's reply to a handshake: <pre>
 * {"code": 200, "sys": {"heartbeat": 30, "servertime": 1795211565, "serializer": "json",
 *                       "dict": {"room.join": 1}, ...}, "user": {...}}
 * {"code": 501, "msg": "client too old", "sys": {}}
 * </pre> Clients of the pomelo family expect different further fields in {@code sys};
 * {@link #toJson(ClientInfo)} writes those that a client needs.
 *
 * @param code {@value #OK} when the client is accepted; pomelo rejects with 500 and 501,
 * pitaya with 400
 * @param message why the client is rejected, else empty
 * @param heartbeatSeconds interval in which the client shall send heartbeats; 0 for no
 * heartbeats
 * @param serverTime seconds since 1970, 0 if the server does not send it
 * @param serializer the serializer of bodies, {@code json} or {@code protobuf}; empty if
 * the server does not send it
 * @param dictionary the route codes
 * @param user data of the game, any JSON; {@code null} for none
 */
public record HandshakeResponse(int code, String message, int heartbeatSeconds, long serverTime, String serializer,
		RouteDictionary dictionary, @Nullable JsonNode user) {

	/** The code of an accepted client. */
	public static final int OK = 200;

	/**
	 * Not exceeded even by a dictionary of 65,535 routes of maximum length.
	 */
	private static final BodyInflater INFLATER = new BodyInflater(PacketDecoder.MAX_BODY_LENGTH);

	/**
	 * Creates a reply that accepts a client.
	 * @param heartbeatSeconds interval in which the client shall send heartbeats; 0 for
	 * no heartbeats
	 * @param serverTime seconds since 1970
	 * @param serializer the serializer of bodies, {@code json} or {@code protobuf}
	 * @param dictionary the route codes
	 * @param user data of the game, any JSON; {@code null} for none
	 * @return the reply
	 */
	public static HandshakeResponse accepted(int heartbeatSeconds, long serverTime, String serializer,
			RouteDictionary dictionary, @Nullable JsonNode user) {
		return new HandshakeResponse(OK, "", heartbeatSeconds, serverTime, serializer, dictionary, user);
	}

	/**
	 * Creates a reply that rejects a client. Most clients do not close the connection
	 * themselves afterwards, so the server has to.
	 * @param code the reason, not {@value #OK}
	 * @param message the reason, human-readable
	 * @return the reply
	 * @throws IllegalArgumentException if the code is {@value #OK}
	 */
	public static HandshakeResponse refused(int code, String message) {
		if (code == OK) {
			throw new IllegalArgumentException("A rejection must not have the code " + OK);
		}
		return new HandshakeResponse(code, message, 0, 0, "", RouteDictionary.EMPTY, null);
	}

	/**
	 * Returns whether the client is accepted.
	 * @return {@code true} if the code is {@value #OK}
	 */
	public boolean isAccepted() {
		return code == OK;
	}

	/**
	 * Returns the body of the handshake packet. It depends on the client only by
	 * {@link ClientInfo#pitaya()}: a server whose replies have no user part can cache two
	 * arrays for all clients, as long as {@link #serverTime()} is recent enough.
	 * @param client the client that receives the reply
	 * @return a new array, UTF-8
	 */
	public byte[] toJson(ClientInfo client) {
		ObjectNode root = Json.object().put("code", code);
		if (isAccepted()) {
			root.set("sys", sys(client));
		}
		else {
			// The C and Unity clients fail on a reply without sys.
			root.put("msg", message).set("sys", Json.object());
		}
		if (user != null) {
			root.set("user", user);
		}
		return Json.write(root);
	}

	private ObjectNode sys(ClientInfo client) {
		ObjectNode sys = Json.object().put("heartbeat", heartbeatSeconds).put("servertime", serverTime);
		sys.put("serializer", serializer);
		// Always present, even when empty: without it a pinus client would keep using a
		// stale dictionary.
		sys.set("dict", codes());
		if (!client.pitaya()) {
			addPomeloParts(sys);
		}
		return sys;
	}

	private void addPomeloParts(ObjectNode sys) {
		if (!dictionary.isEmpty()) {
			// libpomelo2 requires all of these fields or none; libpitaya crashes on
			// useDict.
			sys.put("useDict", true).put("dictVersion", dictionary.version());
			sys.set("routeToCode", codes());
			sys.set("codeToRoute", routes());
		}
		// Browser clients cache protobuf schemas across servers; an empty set clears the
		// cache.
		ObjectNode protos = sys.putObject("protos");
		protos.putObject("client");
		protos.putObject("server");
		protos.put("version", "");
	}

	private ObjectNode codes() {
		ObjectNode codes = Json.object();
		dictionary.asMap().forEach(codes::put);
		return codes;
	}

	private ObjectNode routes() {
		ObjectNode routes = Json.object();
		dictionary.asMap().forEach((route, code) -> routes.put(code.toString(), route));
		return routes;
	}

	/**
	 * Writes the user part of a reply.
	 * @param user any value that can be written as JSON
	 * @return a new array, UTF-8
	 */
	public static byte[] userPart(Object user) {
		return Json.write(Json.toTree(user));
	}

	/**
	 * Parses the reply of any server of the family. pitaya compresses it, without a flag,
	 * when that makes it shorter. Compressed bodies are recognised by their first bytes,
	 * with which JSON cannot begin.
	 * @param body the body of the packet
	 * @return the reply; fields that the server left out are 0, empty or {@code null}. A
	 * heartbeat interval of less than a second is rounded up to one second.
	 * @throws ProtocolException if the body is not a JSON object, has no code, has a part
	 * of the wrong shape, or cannot be inflated
	 */
	public static HandshakeResponse parse(byte[] body) {
		ObjectNode root = Json.read(isCompressed(body) ? inflated(body) : body);
		ObjectNode sys = Json.part(root, "sys");
		if (!root.path("code").isInt()) {
			throw bad();
		}
		JsonNode user = root.path("user");
		return new HandshakeResponse(root.path("code").intValue(), text(root, "msg"), seconds(sys),
				(long) number(sys, "servertime"), text(sys, "serializer"), dictionary(sys),
				(user.isMissingNode() || user.isNull()) ? null : user);
	}

	static boolean isCompressed(byte[] body) {
		return body.length > 2 && (body[0] == 0x78 || GzipFrame.isGzip(body));
	}

	private static byte[] inflated(byte[] body) {
		try {
			return INFLATER.inflate(body);
		}
		catch (ProtocolException ex) {
			throw bad();
		}
	}

	private static int seconds(ObjectNode sys) {
		double seconds = number(sys, "heartbeat");
		return (seconds > 0) ? Math.max(1, (int) seconds) : 0;
	}

	private static RouteDictionary dictionary(ObjectNode sys) {
		ObjectNode dict = Json.part(sys, "dict");
		ObjectNode codes = dict.isEmpty() ? Json.part(sys, "routeToCode") : dict;
		Map<String, Integer> map = new LinkedHashMap<>();
		codes.forEachEntry((route, code) -> map.put(route, code.intValue(0)));
		try {
			return RouteDictionary.of(map);
		}
		catch (InvalidRouteDictionaryException ex) {
			throw bad();
		}
	}

	private static double number(ObjectNode node, String name) {
		JsonNode value = node.path(name);
		if (value.isMissingNode() || value.isNull()) {
			return 0;
		}
		double number = value.doubleValue(-1);
		if (!(number >= 0 && number <= Long.MAX_VALUE)) {
			throw bad();
		}
		return number;
	}

	private static String text(ObjectNode node, String name) {
		JsonNode value = node.path(name);
		if (value.isMissingNode() || value.isNull()) {
			return "";
		}
		if (!value.isString()) {
			throw bad();
		}
		return value.stringValue();
	}

	private static ProtocolException bad() {
		return new ProtocolException(Reason.BAD_HANDSHAKE);
	}

}
