package io.nanogame.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The HTTP request that opened a WebSocket, for handshake validators. The headers are
 * kept as text, because a map of them takes many times as much memory. Immutable. Its
 * contents may be secret and must not be logged.
 */
public final class UpgradeRequest {

	/** Of a client without an HTTP request. */
	static final UpgradeRequest NONE = new UpgradeRequest("", "");

	private final String path;

	/** Names and values, each with a line feed, which neither can contain. */
	private final String headers;

	private UpgradeRequest(String path, String headers) {
		this.path = path;
		this.headers = headers;
	}

	/**
	 * Creates a request.
	 * @param path the path of its URL, without the query, not decoded
	 * @param headers names and values; a name may occur several times. A header with a
	 * line feed, which is not valid, is left out
	 * @return the request, which does not refer to the headers
	 */
	public static UpgradeRequest of(String path, Stream<Map.Entry<String, String>> headers) {
		StringBuilder text = new StringBuilder();
		headers.filter((header) -> header.getKey().indexOf('\n') < 0 && header.getValue().indexOf('\n') < 0)
			.forEach((header) -> text.append(header.getKey()).append('\n').append(header.getValue()).append('\n'));
		return new UpgradeRequest(path, text.toString());
	}

	/**
	 * Returns the path.
	 * @return the path of the URL, without the query, not decoded
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Parses the headers.
	 * @return a new map from names, regardless of their case, to values in the order of
	 * the request; cannot be changed
	 */
	public Map<String, List<String>> headers() {
		Map<String, List<String>> parsed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		int begin = 0;
		while (begin < this.headers.length()) {
			int name = this.headers.indexOf('\n', begin);
			int value = this.headers.indexOf('\n', name + 1);
			parsed.computeIfAbsent(this.headers.substring(begin, name), (key) -> new ArrayList<>())
				.add(this.headers.substring(name + 1, value));
			begin = value + 1;
		}
		parsed.replaceAll((name, values) -> Collections.unmodifiableList(values));
		return Collections.unmodifiableMap(parsed);
	}

}
