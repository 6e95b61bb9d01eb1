package io.nanogame.protocol;

import java.util.List;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client says about itself in the {@code sys} part of its handshake. Every part is
 * an empty string when absent, and is cut after {@value #MAX_LENGTH} characters, because
 * it is kept as long as the session.
 *
 * @param type the family of the client, such as {@code js-websocket}; with libpomelo2 the
 * platform
 * @param version the version of the client's library
 * @param platform the platform, of pitaya clients only
 * @param libVersion the version of the library, of pitaya clients only
 * @param dictVersion the {@link RouteDictionary#version()} that the client still has, of
 * pinus clients and libpomelo2 only; {@code 0} stands for none
 */
public record ClientInfo(String type, String version, String platform, String libVersion, String dictVersion) {

	/**
	 * A client that said nothing.
	 */
	public static final ClientInfo UNKNOWN = new ClientInfo("", "", "", "", "");

	/**
	 * The {@link #type()} of this project's Java client, which reads all there is.
	 */
	public static final String NANO_JAVA = "nano-java";

	static final int MAX_LENGTH = 64;

	private static final Set<String> READ_ROUTE_CODES = Set.of("js-websocket", "js-ws", "unity-socket", NANO_JAVA);

	/**
	 * Most sessions come from one of these, so they share an instance.
	 */
	private static final List<ClientInfo> COMMON = List.of(UNKNOWN, new ClientInfo("js-websocket", "0.0.1", "", "", ""),
			new ClientInfo("unity-socket", "0.3.0", "", "", ""));

	/**
	 * Creates a client's description.
	 */
	public ClientInfo {
		type = cut(type);
		version = cut(version);
		platform = cut(platform);
		libVersion = cut(libVersion);
		dictVersion = cut(dictVersion);
	}

	private static String cut(String text) {
		if (text.length() <= MAX_LENGTH) {
			return text;
		}
		int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
		return text.substring(0, end);
	}

	/**
	 * Whether this is a pitaya client (libpitaya, the Go client). These alone send
	 * {@code platform} and {@code libVersion}. They read compressed bodies and the error
	 * mark of responses; on the other hand they cannot read route codes.
	 * @return {@code true} if both are there
	 */
	public boolean pitaya() {
		return !platform.isEmpty() && !libVersion.isEmpty();
	}

	/**
	 * Whether pushes to this client may carry a route code. A client that cannot read one
	 * crashes (libpitaya) or takes it for another route (libpomelo 1), so only those
	 * answer yes that are known to cope: browsers and other JavaScript clients, Unity,
	 * and libpomelo2. The last gives its platform as type; it is known by its version,
	 * such as {@code 0.3.5-release}, which no other client writes like that.
	 * @return {@code false} in case of doubt
	 */
	public boolean readsRouteCodes() {
		return !pitaya() && (READ_ROUTE_CODES.contains(type) || version.endsWith("-release"));
	}

	/**
	 * Whether this client reads the mark of error responses. Without knowing it,
	 * libpomelo drops the connection.
	 * @return {@code false} in case of doubt
	 */
	public boolean readsErrorMark() {
		return pitaya() || type.equals(NANO_JAVA);
	}

	static ClientInfo of(ObjectNode sys) {
		ClientInfo client = new ClientInfo(text(sys, "type"), text(sys, "version"), text(sys, "platform"),
				text(sys, "libVersion"), text(sys, "dictVersion"));
		int common = COMMON.indexOf(client);
		return (common < 0) ? client : COMMON.get(common);
	}

	private static String text(ObjectNode sys, String name) {
		JsonNode value = sys.path(name);
		return (value.isString() || value.isNumber()) ? value.asString() : "";
	}

	ObjectNode toTree() {
		ObjectNode sys = Json.object();
		put(sys, "type", type);
		put(sys, "version", version);
		put(sys, "platform", platform);
		put(sys, "libVersion", libVersion);
		put(sys, "dictVersion", dictVersion);
		return sys;
	}

	private static void put(ObjectNode sys, String name, String value) {
		if (!value.isEmpty()) {
			sys.put(name, value);
		}
	}

}
