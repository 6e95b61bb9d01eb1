package io.nanogame.protocol;

import java.util.List;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client's description of itself in the {@code sys} part of its handshake. An absent
 * component is an empty string. Components are truncated to {@value #MAX_LENGTH}
 * characters, because they are kept as long as the session.
 *
 * @param type the family of the client, such as {@code js-websocket}; with libpomelo2 the
 * platform
 * @param version the version of the client's library
 * @param platform the platform, sent by pitaya clients only
 * @param libVersion the version of the library, sent by pitaya clients only
 * @param dictVersion the {@link RouteDictionary#version()} that the client has cached,
 * sent by pinus clients and libpomelo2 only; {@code 0} stands for none
 * @param compression {@value #ZLIB} for a client that reads compressed bodies, sent by
 * this project's JavaScript client only
 */
public record ClientInfo(String type, String version, String platform, String libVersion, String dictVersion,
		String compression) {

	/**
	 * A client that sent no description.
	 */
	public static final ClientInfo UNKNOWN = new ClientInfo("", "", "", "", "");

	/**
	 * The {@link #type()} of this project's Java client, which supports every feature of
	 * the protocol.
	 */
	public static final String NANO_JAVA = "nano-java";

	/**
	 * The {@link #compression()} of a client that reads bodies compressed with zlib.
	 */
	public static final String ZLIB = "zlib";

	static final int MAX_LENGTH = 64;

	private static final Set<String> READ_ROUTE_CODES = Set.of("js-websocket", "js-ws", "unity-socket", NANO_JAVA);

	/**
	 * Most clients describe themselves in one of these ways, so their sessions share an
	 * instance.
	 */
	private static final List<ClientInfo> COMMON = List.of(UNKNOWN, new ClientInfo("js-websocket", "0.0.1", "", "", ""),
			new ClientInfo("js-websocket", "0.0.1", "", "", "", ZLIB),
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
		compression = cut(compression);
	}

	/**
	 * Creates the description of a client that sends no {@link #compression()}.
	 * @param type the family of the client
	 * @param version the version of the client's library
	 * @param platform the platform
	 * @param libVersion the version of the library
	 * @param dictVersion the version of the cached dictionary
	 */
	public ClientInfo(String type, String version, String platform, String libVersion, String dictVersion) {
		this(type, version, platform, libVersion, dictVersion, "");
	}

	private static String cut(String text) {
		if (text.length() <= MAX_LENGTH) {
			return text;
		}
		int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
		return text.substring(0, end);
	}

	/**
	 * Returns whether this is a pitaya client (libpitaya, the Go client). Only these send
	 * {@code platform} and {@code libVersion}. They read compressed bodies and the error
	 * flag of responses, but not route codes.
	 * @return {@code true} if both are present
	 */
	public boolean pitaya() {
		return !platform.isEmpty() && !libVersion.isEmpty();
	}

	/**
	 * Returns whether pushes to this client may carry a route code. A client that cannot
	 * read one crashes (libpitaya) or mistakes it for another route (libpomelo 1). The
	 * result is therefore {@code true} only for clients known to read them: browsers and
	 * other JavaScript clients, Unity, and libpomelo2. libpomelo2 sends its platform as
	 * type; it is recognised by the form of its version, such as {@code 0.3.5-release},
	 * which no other client uses.
	 * @return {@code false} in case of doubt
	 */
	public boolean readsRouteCodes() {
		return !pitaya() && (READ_ROUTE_CODES.contains(type) || version.endsWith("-release"));
	}

	/**
	 * Returns whether this client reads the error flag of responses. libpomelo does not
	 * know the flag and drops the connection.
	 * @return {@code false} in case of doubt
	 */
	public boolean readsErrorMark() {
		return pitaya() || type.equals(NANO_JAVA);
	}

	/**
	 * Returns whether this client reads compressed bodies. Other clients pass them on as
	 * they are, or drop the connection.
	 * @return {@code false} in case of doubt
	 */
	public boolean readsCompressedBodies() {
		return pitaya() || type.equals(NANO_JAVA) || compression.equals(ZLIB);
	}

	static ClientInfo of(ObjectNode sys) {
		ClientInfo client = new ClientInfo(text(sys, "type"), text(sys, "version"), text(sys, "platform"),
				text(sys, "libVersion"), text(sys, "dictVersion"), text(sys, "compression"));
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
		put(sys, "compression", compression);
		return sys;
	}

	private static void put(ObjectNode sys, String name, String value) {
		if (!value.isEmpty()) {
			sys.put(name, value);
		}
	}

}
