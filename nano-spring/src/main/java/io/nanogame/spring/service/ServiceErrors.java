package io.nanogame.spring.service;

import io.nanogame.route.ErrorMapper;
import io.nanogame.route.RequestException;
import io.nanogame.service.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told when its handler has called a service that did not answer: a
 * refusal as it is, and that a service is not there or takes too long. A failure stays
 * what it is, an unexpected one. Nobody is told 503, whatever the service said, because
 * that would mean that the handler had not begun.
 */
public final class ServiceErrors implements ErrorMapper {

	private static final int BAD_GATEWAY = 502;

	@Override
	public @Nullable RequestException map(Throwable failure) {
		if (!(failure instanceof ServiceException refusal)) {
			return null;
		}
		return switch (refusal.code()) {
			case ServiceException.FAILED -> null;
			case ServiceException.NOT_THERE -> new RequestException(BAD_GATEWAY, "service unavailable", refusal);
			case ServiceException.NO_ANSWER -> new RequestException(refusal.code(), "service timed out", refusal);
			default -> new RequestException(refusal.code(), String.valueOf(refusal.getMessage()), refusal);
		};
	}

}
