package io.nanogame.dispatch;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import io.nanogame.protocol.ClientText;
import io.nanogame.route.ErrorMapper;
import io.nanogame.route.Outcome;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an exception: an answer for the client, and words in the log when
 * nobody expected it. Payloads and the messages of unexpected exceptions stay here.
 */
public final class FailureHandling {

	private static final Logger log = LoggerFactory.getLogger(FailureHandling.class);

	private final List<ErrorMapper> mappers;

	/**
	 * Failure handling.
	 * @param mappers asked in order, before those of the server; may be empty
	 */
	public FailureHandling(List<ErrorMapper> mappers) {
		this.mappers = Stream.concat(mappers.stream(), Stream.of(new EngineErrors())).toList();
	}

	Outcome handle(Request request, Throwable thrown) {
		Throwable failure = unwrap(thrown);
		RequestException answer = map(failure, request);
		if (answer != null) {
			log.debug("{} was refused with {}: {}", request.route(), answer.code(),
					ClientText.printable(answer.words()));
			request.fail(answer.code(), answer.words());
			return Outcome.REFUSED;
		}
		log.error("The handler of {} failed", request.route(), failure);
		request.fail(500, "internal error");
		return Outcome.FAILED;
	}

	private @Nullable RequestException map(Throwable failure, Request request) {
		if (failure instanceof RequestException answer) {
			return answer;
		}
		for (ErrorMapper mapper : this.mappers) {
			RequestException answer = map(mapper, failure, request);
			if (answer != null) {
				return answer;
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
