package io.nanogame.spring.web.reactive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.nanogame.connection.TransportSettings;
import io.nanogame.connection.UrlQuery;
import io.nanogame.net.OriginPolicy;
import io.nanogame.net.PermessageDeflate;
import io.nanogame.net.Subprotocol;
import io.nanogame.session.UpgradeRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * An opening handshake of a WebSocket (RFC 6455, section 4.2).
 */
final class WebSocketRequest {

	static final String PROTOCOL = "websocket";

	static final String VERSION = "Sec-WebSocket-Version";

	private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

	private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

	private static final String KEY = "Sec-WebSocket-Key";

	private static final String ACCEPT = "Sec-WebSocket-Accept";

	private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private final ServerHttpRequest request;

	private final HttpHeaders headers;

	WebSocketRequest(ServerHttpRequest request) {
		this.request = request;
		this.headers = request.getHeaders();
	}

	@Nullable Refusal refusal(OriginPolicy origins) {
		if (this.request.getMethod() != HttpMethod.GET || !names(HttpHeaders.UPGRADE, PROTOCOL)
				|| !names(HttpHeaders.CONNECTION, "upgrade")) {
			return Refusal.NOT_A_WEBSOCKET;
		}
		if (!"13".equals(this.headers.getFirst(VERSION))) {
			return Refusal.OTHER_VERSION;
		}
		if (this.headers.getFirst(KEY) == null) {
			return Refusal.NO_KEY;
		}
		if (this.headers.getContentLength() > 0 || this.headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
			return Refusal.BODY;
		}
		if (!origins.allows(this.headers.getOrigin(), this.headers.getFirst(HttpHeaders.HOST), this::upgrade)) {
			return Refusal.ORIGIN;
		}
		if (!query().isReadable()) {
			return Refusal.QUERY;
		}
		return null;
	}

	private boolean names(String header, String token) {
		return this.headers.getValuesAsList(header).stream().anyMatch(token::equalsIgnoreCase);
	}

	/**
	 * Prepares the response that accepts this request.
	 * @param subprotocols those of the game, by preference
	 */
	void accept(ServerHttpResponse response, List<String> subprotocols) {
		response.setStatusCode(HttpStatus.SWITCHING_PROTOCOLS);
		response.getHeaders().set(HttpHeaders.UPGRADE, PROTOCOL);
		response.getHeaders().set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
		response.getHeaders().set(ACCEPT, acceptValue(this.headers.getFirst(KEY)));
		String subprotocol = Subprotocol.choose(this.headers.getOrEmpty(SUBPROTOCOL), subprotocols);
		if (subprotocol != null) {
			response.getHeaders().set(SUBPROTOCOL, subprotocol);
		}
	}

	/**
	 * Accepts compressed messages, if client and server want them.
	 * @return whether they are accepted
	 */
	boolean acceptCompression(ServerHttpResponse response, TransportSettings settings) {
		String accepted = PermessageDeflate.accept(this.headers.getOrEmpty(EXTENSIONS), settings);
		if (accepted != null) {
			response.getHeaders().set(EXTENSIONS, accepted);
		}
		return accepted != null;
	}

	private static String acceptValue(@Nullable String key) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-1")
				.digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	UpgradeRequest upgrade() {
		return UpgradeRequest.of(this.request.getURI().getRawPath(),
				this.headers.headerSet()
					.stream()
					.flatMap((header) -> header.getValue().stream().map((value) -> Map.entry(header.getKey(), value))));
	}

	UrlQuery query() {
		return new UrlQuery(this.request.getURI().getRawQuery());
	}

}
