package io.nanogame.spring.security;

import io.nanogame.protocol.ClientText;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.HandshakeValidator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.Ordered;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Authenticates clients during the handshake. A client that the manager rejects receives
 * the code 401 without a reason, and its connection is closed. An
 * {@link AuthenticationServiceException} is an error of the server: it is logged, and the
 * client receives 500. The authentication that the manager returns becomes the principal
 * of the session.
 * <p>
 * Its order is 0: validators without an order run later and can read the principal.
 */
public final class HandshakeAuthenticator implements HandshakeValidator, Ordered {

	private static final Logger log = LoggerFactory.getLogger(HandshakeAuthenticator.class);

	private final HandshakeAuthenticationConverter converter;

	private final AuthenticationManager manager;

	/**
	 * Creates a validator.
	 * @param converter extracts the credentials
	 * @param manager checks them
	 */
	public HandshakeAuthenticator(HandshakeAuthenticationConverter converter, AuthenticationManager manager) {
		this.converter = converter;
		this.manager = manager;
	}

	@Override
	public void validate(Handshake handshake) {
		try {
			Authentication credentials = this.converter.convert(handshake);
			if (credentials != null) {
				handshake.session().principal(this.manager.authenticate(credentials));
			}
		}
		catch (AuthenticationServiceException ex) {
			throw ex;
		}
		catch (AuthenticationException ex) {
			log.debug("A client could not log in: {}", ClientText.printable(ex.getMessage()));
			throw new HandshakeRefusedException(401, SecurityErrors.AUTHENTICATION_FAILED);
		}
	}

	@Override
	public int getOrder() {
		return 0;
	}

}
