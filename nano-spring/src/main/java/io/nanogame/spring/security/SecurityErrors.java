package io.nanogame.spring.security;

import io.nanogame.route.ErrorMapper;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;

/**
 * Maps security exceptions to errors for clients: 401 when the client is not logged in or
 * the login has failed, 403 when access is denied. The messages are fixed and contain no
 * reason. An {@link AuthenticationServiceException} is not mapped, because it is a
 * failure of the server.
 */
public final class SecurityErrors implements ErrorMapper {

	static final String NOT_LOGGED_IN = "not logged in";

	static final String AUTHENTICATION_FAILED = "authentication failed";

	@Override
	public @Nullable RequestException map(Throwable failure, Request request) {
		if (failure instanceof AccessDeniedException && SessionAuthentication.loggedIn(request.session()) == null) {
			return new RequestException(401, NOT_LOGGED_IN, failure);
		}
		return map(failure);
	}

	@Override
	public @Nullable RequestException map(Throwable failure) {
		if (failure instanceof AccessDeniedException) {
			return new RequestException(403, "access denied", failure);
		}
		if (failure instanceof AuthenticationException && !(failure instanceof AuthenticationServiceException)) {
			return new RequestException(401, AUTHENTICATION_FAILED, failure);
		}
		return null;
	}

}
