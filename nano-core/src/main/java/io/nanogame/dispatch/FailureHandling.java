package io.nanogame.dispatch;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import io.nanogame.observe.Outcome;
import io.nanogame.protocol.ClientText;
import io.nanogame.route.ErrorMapper;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps an exception of a handler to an error for the client, and logs it if no mapper
 * handles it. The error never contains payloads or the message of an unmapped exception.
 */
public final class FailureHandling {

	private static final Logger log = LoggerFactory.getLogger(FailureHandling.class);

	private final List<ErrorMapper> mappers;

	/**
	 * Creates the failure handling.
	 * @param mappers called in order, before those of the server; may be empty
	 */
	public FailureHandling(List<ErrorMapper> mappers) {
		this.mappers = Stream.concat(mappers.stream(), Stream.of(new EngineErrors())).toList();
	}

	Outcome handle(Request request, Throwable thrown) {
		Throwable failure = unwrap(thrown);
		RequestException mapped = map(failure, request);
		if (mapped != null) {
			log.debug("{} was refused with {}: {}", request.route(), mapped.code(),
					ClientText.printable(mapped.message()));
			request.fail(mapped.code(), mapped.message());
			return Outcome.REFUSED;
		}
		log.error("The handler of {} failed", request.route(), failure);
		request.fail(500, "internal error");
		return Outcome.FAILED;
	}

	private @Nullable RequestException map(Throwable failure, Request request) {
		if (failure instanceof RequestException mapped) {
			return mapped;
		}
		for (ErrorMapper mapper : this.mappers) {
			RequestException mapped = map(mapper, failure, request);
			if (mapped != null) {
				return mapped;
			}
		}
		return null;
	}

	private static @Nullable RequestException map(ErrorMapper mapper, Throwable failure, Request request) {
		try {
			return mapper.map(failure, request);
		}
		catch (Throwable ex) {
			log.error("An error mapper failed", ex);
			return null;
		}
	}

	private static Throwable unwrap(Throwable thrown) {
		Throwable failure = thrown;
		while ((failure instanceof CompletionException || failure instanceof ExecutionException)
				&& failure.getCause() != null) {
			failure = failure.getCause();
		}
		return failure;
	}

}
