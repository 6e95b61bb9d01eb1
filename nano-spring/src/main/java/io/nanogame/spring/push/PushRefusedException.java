package io.nanogame.spring.push;

import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Thrown for a rejected request of the push API, with the response for its caller.
 */
final class PushRefusedException extends RuntimeException {

	private final HttpStatus status;

	private final Map<String, String> headers;

	PushRefusedException(HttpStatus status, String detail) {
		this(status, detail, Map.of());
	}

	PushRefusedException(HttpStatus status, String detail, Map<String, String> headers) {
		super(detail, null, false, false);
		this.status = status;
		this.headers = headers;
	}

	static PushRefusedException invalid(String detail) {
		return new PushRefusedException(HttpStatus.BAD_REQUEST, detail);
	}

	HttpStatus status() {
		return this.status;
	}

	void addTo(HttpHeaders response) {
		this.headers.forEach(response::set);
	}

}
