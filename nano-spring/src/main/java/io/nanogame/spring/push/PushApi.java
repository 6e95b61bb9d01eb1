package io.nanogame.spring.push;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.nanogame.group.PushReceipt;
import io.nanogame.group.Pushes;
import io.nanogame.observe.Outcome;
import io.nanogame.protocol.ClientText;
import io.nanogame.serialize.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The push API, independent of the web server: authentication, rate limit, requests and
 * responses. {@code openapi.yaml} beside this class describes it for callers. Any thread;
 * never blocks. Keys and payloads are not logged.
 */
public final class PushApi {

	/** The path of the API in the web app. */
	public static final String PATH = "/nano/push";

	private static final Logger log = LoggerFactory.getLogger(PushApi.class);

	private static final String DESCRIPTION = "openapi.yaml";

	private final JsonMapper json = JsonMapper.shared();

	private final byte[] description = description();

	private final Pushes pushes;

	private final PushApiKeys keys;

	private final PushApiLimits limits;

	private final PushRate rate;

	private final PushRequestReader reader;

	private final PushApiObserver observer;

	/**
	 * Creates the API.
	 * @param pushes sends the pushes
	 * @param keys the keys, one of which each request must contain
	 * @param limits the limits on requests
	 * @param observer notified of each completed request
	 */
	public PushApi(Pushes pushes, PushApiKeys keys, PushApiLimits limits, PushApiObserver observer) {
		this.pushes = pushes;
		this.keys = keys;
		this.limits = limits;
		this.rate = new PushRate(limits.requestsPerSecond());
		this.reader = new PushRequestReader(limits.maxUsers());
		this.observer = observer;
	}

	private static byte[] description() {
		try (InputStream in = PushApi.class.getResourceAsStream(DESCRIPTION)) {
			if (in == null) {
				throw new IllegalStateException(DESCRIPTION + " is missing from the class path");
			}
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Handles a request.
	 * @param method its method
	 * @param path its path below that of the API, without a slash
	 * @param headers its headers
	 * @param body its body, which is read after all other checks
	 * @return the response; never fails
	 */
	public CompletionStage<ResponseEntity<byte[]>> answer(HttpMethod method, String path, HttpHeaders headers,
			RequestBody body) {
		long start = System.nanoTime();
		PushTarget target = PushTarget.of(path);
		CompletionStage<ResponseEntity<byte[]>> result;
		try {
			result = handle(target, method, path, headers, body);
		}
		catch (RuntimeException ex) {
			result = CompletableFuture.failedFuture(ex);
		}
		return result.exceptionally(this::rejection).thenApply((response) -> {
			this.observer.handled(target, outcome(response.getStatusCode()), System.nanoTime() - start);
			return response;
		});
	}

	private static Outcome outcome(HttpStatusCode status) {
		return status.is2xxSuccessful() ? Outcome.SUCCESS
				: status.is5xxServerError() ? Outcome.FAILED : Outcome.REFUSED;
	}

	private CompletionStage<ResponseEntity<byte[]>> handle(@Nullable PushTarget target, HttpMethod method, String path,
			HttpHeaders headers, RequestBody body) {
		if (!this.keys.accept(headers.getFirst(HttpHeaders.AUTHORIZATION))) {
			throw new PushRefusedException(HttpStatus.UNAUTHORIZED,
					"A key is wanted: send the header 'Authorization: Bearer <key>'",
					Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer"));
		}
		if (path.equals(DESCRIPTION)) {
			checkMethod(method, HttpMethod.GET);
			return CompletableFuture
				.completedFuture(ResponseEntity.ok().contentType(MediaType.APPLICATION_YAML).body(this.description));
		}
		if (target == null) {
			throw new PushRefusedException(HttpStatus.NOT_FOUND,
					"There are user, users, group, all and " + DESCRIPTION);
		}
		checkMethod(method, HttpMethod.POST);
		checkType(headers);
		checkRate();
		checkLength(headers.getContentLength());
		return body.read(this.limits.maxBodySize() + 1)
			.exceptionally(PushApi::unreadable)
			.thenCompose((bytes) -> push(target, bytes));
	}

	private static void checkMethod(HttpMethod method, HttpMethod allowed) {
		if (method != allowed) {
			throw new PushRefusedException(HttpStatus.METHOD_NOT_ALLOWED, "Only %s is allowed here".formatted(allowed),
					Map.of(HttpHeaders.ALLOW, allowed.name()));
		}
	}

	private static void checkType(HttpHeaders headers) {
		try {
			MediaType type = headers.getContentType();
			if (type != null && type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)) {
				return;
			}
		}
		catch (InvalidMediaTypeException ex) {
			// An invalid type is not JSON either.
		}
		throw new PushRefusedException(HttpStatus.UNSUPPORTED_MEDIA_TYPE,
				"The body must be JSON: send the header 'Content-Type: application/json'");
	}

	private void checkRate() {
		long nanos = this.rate.nanosToWait(System.nanoTime());
		if (nanos > 0) {
			long seconds = 1 + nanos / 1_000_000_000L;
			throw new PushRefusedException(HttpStatus.TOO_MANY_REQUESTS,
					"More than %d requests in a second".formatted(this.limits.requestsPerSecond()),
					Map.of(HttpHeaders.RETRY_AFTER, String.valueOf(seconds)));
		}
	}

	private void checkLength(long length) {
		if (length > this.limits.maxBodySize()) {
			throw tooLong("The body has more than %d bytes".formatted(this.limits.maxBodySize()));
		}
	}

	private static PushRefusedException tooLong(String detail) {
		return new PushRefusedException(HttpStatus.CONTENT_TOO_LARGE, detail);
	}

	private static byte[] unreadable(Throwable failure) {
		log.debug("The body of a request could not be read: {}", ClientText.printable(failure.getMessage()));
		throw PushRefusedException.invalid("The body could not be read");
	}

	private CompletionStage<ResponseEntity<byte[]>> push(PushTarget target, byte[] bytes) {
		checkLength(bytes.length);
		PushRequest request = this.reader.read(target, bytes);
		try {
			return this.pushes.push(request.audience(), request.route(), request.body()).thenApply(this::receipt);
		}
		catch (SerializationException ex) {
			throw tooLong(String.valueOf(ex.getMessage()));
		}
	}

	private ResponseEntity<byte[]> receipt(PushReceipt receipt) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("gateways", receipt.gateways());
		body.put("unconfirmed", receipt.unconfirmed());
		return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(this.json.writeValueAsBytes(body));
	}

	private ResponseEntity<byte[]> rejection(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause instanceof PushRefusedException rejected) {
			log.debug("A request was rejected: {}", ClientText.printable(rejected.getMessage()));
			return problem(rejected);
		}
		log.error("A push failed", cause);
		return problem(new PushRefusedException(HttpStatus.INTERNAL_SERVER_ERROR, "The push failed, see the log"));
	}

	/** Creates the response in the format of RFC 9457. */
	private ResponseEntity<byte[]> problem(PushRefusedException rejected) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("title", rejected.status().getReasonPhrase());
		body.put("status", rejected.status().value());
		body.put("detail", rejected.getMessage());
		return ResponseEntity.status(rejected.status())
			.headers(rejected::addTo)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(this.json.writeValueAsBytes(body));
	}

}
