package io.nanogame.spring.security;

import io.nanogame.session.Handshake;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * Takes credentials from a client's handshake: from its user data, from the query
 * parameters of its URL, from its address. What an {@code AuthenticationConverter} is for
 * an HTTP request.
 */
@FunctionalInterface
public interface HandshakeAuthenticationConverter {

	/**
	 * Looks for credentials. Called on a worker thread, so it may block.
	 * @param handshake the client's handshake; its session has the query parameters, the
	 * address, and, on the web app's port, the principal of the HTTP request
	 * @return an authentication that is not authenticated yet, for an
	 * {@code AuthenticationManager}; null when the client has no credentials and is let
	 * in as it is
	 * @throws org.springframework.security.core.AuthenticationException to refuse the
	 * client with the code 401
	 */
	@Nullable Authentication convert(Handshake handshake);

}
