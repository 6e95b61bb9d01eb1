package io.nanogame.spring.security;

import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;

/**
 * The security context of one message. It reads the principal of its session, so that a
 * login or logout takes effect immediately, until an authentication is set explicitly,
 * which applies to this message only.
 */
final class SessionSecurityContext implements SecurityContext {

	private final transient Session session;

	private transient volatile boolean own;

	private transient volatile @Nullable Authentication authentication;

	SessionSecurityContext(Session session) {
		this.session = session;
	}

	@Override
	public @Nullable Authentication getAuthentication() {
		return this.own ? this.authentication : SessionAuthentication.of(this.session);
	}

	@Override
	public void setAuthentication(@Nullable Authentication authentication) {
		this.authentication = authentication;
		this.own = true;
	}

}
