package io.nanogame.spring.service;

import io.nanogame.route.ErrorMapper;
import io.nanogame.route.RequestException;
import io.nanogame.service.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told when its handler has called a service that did not answer: a
 * refusal as it is, and that a service is not there or takes too long. A failure stays
 * what it is, an unexpected one.
 */
public final class ServiceErrors implements ErrorMapper {

	@Override
	public @Nullable RequestException map(Throwable failure) {
		if (!(failure instanceof ServiceException refusal)) {
			return null;
		}
		return switch (refusal.code()) {
			case ServiceException.FAILED -> null;
			case ServiceException.NOT_THERE -> new RequestException(refusal.code(), "service unavailable", refusal);
			case ServiceException.NO_ANSWER -> new RequestException(refusal.code(), "service timed out", refusal);
			default -> new RequestException(refusal.code(), String.valueOf(refusal.getMessage()), refusal);
		};
	}

}
