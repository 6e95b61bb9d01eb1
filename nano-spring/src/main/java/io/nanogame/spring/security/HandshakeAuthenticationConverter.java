package io.nanogame.spring.security;

import io.nanogame.session.Handshake;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * Extracts credentials from a client's handshake: from its user data, from the query
 * parameters of its URL, from its address. The counterpart of Spring Security's
 * {@code AuthenticationConverter} for HTTP requests.
 */
@FunctionalInterface
public interface HandshakeAuthenticationConverter {

	/**
	 * Extracts the credentials. Called on a worker thread, so it may block.
	 * @param handshake the client's handshake; its session has the query parameters, the
	 * address, and, on the web app's port, the principal of the HTTP request
	 * @return an authentication that is not authenticated yet, for an
	 * {@code AuthenticationManager}; null when the client has no credentials and is
	 * accepted without a login
	 * @throws org.springframework.security.core.AuthenticationException to reject the
	 * client with the code 401
	 */
	@Nullable Authentication convert(Handshake handshake);

}
