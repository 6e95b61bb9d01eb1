package io.nanogame.spring.service;

import io.nanogame.route.ErrorMapper;
import io.nanogame.route.RequestException;
import io.nanogame.service.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * Maps failures of service calls in handlers to errors for clients: a rejection keeps its
 * code and message; an unavailable service and a time-out have codes of their own. An
 * unexpected failure is not mapped. A client never receives 503, because that would mean
 * that the handler had not started.
 */
public final class ServiceErrors implements ErrorMapper {

	private static final int BAD_GATEWAY = 502;

	@Override
	public @Nullable RequestException map(Throwable failure) {
		if (!(failure instanceof ServiceException expected)) {
			return null;
		}
		return switch (expected.code()) {
			case ServiceException.FAILED, ServiceException.CYCLE -> null;
			case ServiceException.NOT_THERE -> new RequestException(BAD_GATEWAY, "service unavailable", expected);
			case ServiceException.NO_ANSWER -> new RequestException(expected.code(), "service timed out", expected);
			default -> new RequestException(expected.code(), String.valueOf(expected.getMessage()), expected);
		};
	}

}
