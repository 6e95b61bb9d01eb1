package io.nanogame.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Two-byte codes that stand for routes on the wire. The server announces them in its
 * reply to the handshake; both ends must use the same dictionary. Immutable.
 */
public final class RouteDictionary {

	/**
	 * No codes: every route is sent in full.
	 */
	public static final RouteDictionary EMPTY = of(Map.of());

	private static final int MAX_CODE = 0xFFFF;

	private static final int MAX_ROUTE_BYTES = 255;

	private final Map<String, Integer> codes;

	private final @Nullable String[] routes;

	private final String version;

	private RouteDictionary(Map<String, Integer> codes, @Nullable String[] routes) {
		this.codes = codes;
		this.routes = routes;
		this.version = digest(codes);
	}

	/**
	 * Creates a dictionary.
	 * @param codes the code of each route: 1 to 65535, each used once; routes are not
	 * blank and have at most 255 bytes of UTF-8
	 * @return the dictionary
	 * @throws InvalidRouteDictionaryException if a route or a code is not legal
	 */
	public static RouteDictionary of(Map<String, Integer> codes) {
		List<Map.Entry<String, Integer>> byCode = codes.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
			.toList();
		byCode.forEach((entry) -> check(entry.getKey(), entry.getValue()));
		int highest = byCode.isEmpty() ? 0 : byCode.get(byCode.size() - 1).getValue();
		@Nullable String[] routes = new String[highest + 1];
		Map<String, Integer> sorted = new LinkedHashMap<>();
		byCode.forEach((entry) -> assign(routes, sorted, entry.getKey(), entry.getValue()));
		return new RouteDictionary(Collections.unmodifiableMap(sorted), routes);
	}

	private static void check(String route, int code) {
		if (code < 1 || code > MAX_CODE) {
			throw new InvalidRouteDictionaryException(route, code, "a code must be 1 to " + MAX_CODE);
		}
		if (route.isBlank()) {
			throw new InvalidRouteDictionaryException(route, code, "a route must not be blank");
		}
		int bytes = ByteBufUtil.utf8Bytes(route);
		if (bytes > MAX_ROUTE_BYTES) {
			throw new InvalidRouteDictionaryException(route, code,
					"a route must have at most %d bytes of UTF-8, this one has %d".formatted(MAX_ROUTE_BYTES, bytes));
		}
	}

	private static void assign(@Nullable String[] routes, Map<String, Integer> codes, String route, int code) {
		if (routes[code] != null) {
			throw new InvalidRouteDictionaryException(route, code,
					"a code must be used once, and \"%s\" has this code".formatted(routes[code]));
		}
		routes[code] = route;
		codes.put(route, code);
	}

	/**
	 * Returns the code of a route.
	 * @param route any string
	 * @return 1 to 65535, or 0 if it has none
	 */
	public int code(String route) {
		return codes.getOrDefault(route, 0);
	}

	/**
	 * Returns the route of a code.
	 * @param code any number
	 * @return the same instance each time, or {@code null} if there is no such code
	 */
	public @Nullable String route(int code) {
		return (code >= 0 && code < routes.length) ? routes[code] : null;
	}

	/**
	 * Returns all codes.
	 * @return code by route, in the order of the codes; unmodifiable
	 */
	public Map<String, Integer> asMap() {
		return codes;
	}

	/**
	 * Returns whether there are no codes.
	 * @return {@code true} if every route is sent in full
	 */
	public boolean isEmpty() {
		return codes.isEmpty();
	}

	/**
	 * Returns a digest of the codes, for clients that cache a dictionary between
	 * connections.
	 * @return the base64 of an MD5, the same for equal dictionaries on every server
	 */
	public String version() {
		return version;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof RouteDictionary dictionary && codes.equals(dictionary.codes);
	}

	@Override
	public int hashCode() {
		return codes.hashCode();
	}

	@Override
	public String toString() {
		return codes.toString();
	}

	private static String digest(Map<String, Integer> codes) {
		try {
			MessageDigest md5 = MessageDigest.getInstance("MD5");
			codes.forEach((route, code) -> md5.update((code + " " + route + "\n").getBytes(StandardCharsets.UTF_8)));
			return Base64.getEncoder().encodeToString(md5.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has MD5", ex);
		}
	}

}
