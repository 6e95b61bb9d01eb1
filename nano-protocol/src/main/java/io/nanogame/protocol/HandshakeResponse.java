package io.nanogame.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.nanogame.protocol.ProtocolException.Reason;

/**
 * The server's answer to a handshake: <pre>
 * {"code": 200, "sys": {"heartbeat": 30, "servertime": 1795211565, "serializer": "json",
 *                       "dict": {"room.join": 1}, ...}, "user": {...}}
 * {"code": 501, "msg": "client too old", "sys": {}}
 * </pre> Clients of the family disagree about what else {@code sys} must hold;
 * {@link #toJson(ClientInfo)} knows.
 *
 * @param code {@value #OK} when the client is let in; pomelo refuses with 500 and 501,
 * pitaya with 400
 * @param message why the client is refused, else empty
 * @param heartbeatSeconds how often the client shall send a heartbeat; 0 for never
 * @param serverTime seconds since 1970, 0 if the server does not tell
 * @param serializer how bodies are written, {@code json} or {@code protobuf}; empty if
 * the server does not tell
 * @param dictionary the route codes
 * @param user what the game has to say, any JSON; {@code null} for nothing
 */
public record HandshakeResponse(int code, String message, int heartbeatSeconds, long serverTime, String serializer,
		RouteDictionary dictionary, @Nullable JsonNode user) {

	/**
	 * The client is let in.
	 */
	public static final int OK = 200;

	/**
	 * A dictionary of 65,535 routes of the longest kind would not be any longer.
	 */
	private static final BodyInflater INFLATER = new BodyInflater(PacketDecoder.MAX_BODY_LENGTH);

	/**
	 * Lets a client in.
	 * @param heartbeatSeconds how often the client shall send a heartbeat; 0 for never
	 * @param serverTime seconds since 1970
	 * @param serializer how bodies are written, {@code json} or {@code protobuf}
	 * @param dictionary the route codes
	 * @param user what the game has to say, any JSON; {@code null} for nothing
	 * @return the answer
	 */
	public static HandshakeResponse accepted(int heartbeatSeconds, long serverTime, String serializer,
			RouteDictionary dictionary, @Nullable JsonNode user) {
		return new HandshakeResponse(OK, "", heartbeatSeconds, serverTime, serializer, dictionary, user);
	}

	/**
	 * Turns a client away. Most clients do not close by themselves then, so the server
	 * has to.
	 * @param code why, not {@value #OK}
	 * @param message why, in words for a person
	 * @return the answer
	 * @throws IllegalArgumentException if the code is {@value #OK}
	 */
	public static HandshakeResponse refused(int code, String message) {
		if (code == OK) {
			throw new IllegalArgumentException("A refusal needs another code than " + OK);
		}
		return new HandshakeResponse(code, message, 0, 0, "", RouteDictionary.EMPTY, null);
	}

	/**
	 * Whether the client is let in.
	 * @return {@code true} if the code is {@value #OK}
	 */
	public boolean isAccepted() {
		return code == OK;
	}

	/**
	 * The body of the packet. It depends on nothing of the client but
	 * {@link ClientInfo#pitaya()}: a server whose answers have no user part can keep two
	 * arrays and send them to everybody, as long as {@link #serverTime()} does for it.
	 * @param client who is answered
	 * @return a new array, UTF-8
	 */
	public byte[] toJson(ClientInfo client) {
		ObjectNode root = Json.object().put("code", code);
		if (isAccepted()) {
			root.set("sys", sys(client));
		}
		else {
			// The C and Unity clients choke on an answer without sys.
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
		// Always there, even when empty: a pinus client would go on with a stale one.
		sys.set("dict", codes());
		if (!client.pitaya()) {
			addPomeloParts(sys);
		}
		return sys;
	}

	private void addPomeloParts(ObjectNode sys) {
		if (!dictionary.isEmpty()) {
			// libpomelo2 wants all of them or none; libpitaya does not survive useDict.
			sys.put("useDict", true).put("dictVersion", dictionary.version());
			sys.set("routeToCode", codes());
			sys.set("codeToRoute", routes());
		}
		// Browsers keep protobuf schemas between servers; an empty set makes them forget.
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
	 * Writes what an answer has as its user part.
	 * @param user anything that can be written as JSON
	 * @return a new array, UTF-8
	 */
	public static byte[] userPart(Object user) {
		return Json.write(Json.toTree(user));
	}

	/**
	 * Reads the answer of any server of the family. pitaya compresses it without saying
	 * so when that makes it shorter; JSON begins with none of the bytes that zlib and
	 * gzip begin with.
	 * @param body the body of the packet
	 * @return the answer; what the server left out is 0, empty or {@code null}. A
	 * heartbeat of less than a second counts as one second.
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

	private static boolean isCompressed(byte[] body) {
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
