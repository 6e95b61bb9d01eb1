package io.nanogame.spring.security;

import java.security.Principal;

import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Who a session's player is in the eyes of Spring Security.
 */
final class SessionAuthentication {

	private static final Authentication ANONYMOUS = new AnonymousAuthenticationToken("nano", "anonymousUser",
			AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

	private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();

	private SessionAuthentication() {
	}

	/**
	 * The principal of the session. One that does not come from Spring Security has no
	 * authorities, and counts as nobody here.
	 */
	static Authentication of(Session session) {
		return (session.principal() instanceof Authentication authentication) ? authentication : ANONYMOUS;
	}

	/** The principal of the session, unless it says that nobody is logged in. */
	static @Nullable Principal loggedIn(Session session) {
		Principal principal = session.principal();
		boolean nobody = principal instanceof Authentication authentication && !TRUST.isAuthenticated(authentication);
		return nobody ? null : principal;
	}

}
