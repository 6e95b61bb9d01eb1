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
 * The authentication of a session for Spring Security.
 */
final class SessionAuthentication {

	private static final Authentication ANONYMOUS = new AnonymousAuthenticationToken("nano", "anonymousUser",
			AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

	private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();

	private SessionAuthentication() {
	}

	/**
	 * Returns the authentication of the session. A principal that does not come from
	 * Spring Security has no authorities, and counts as anonymous.
	 */
	static Authentication of(Session session) {
		return (session.principal() instanceof Authentication authentication) ? authentication : ANONYMOUS;
	}

	/**
	 * Returns the principal of the session, unless it is anonymous or not authenticated.
	 */
	static @Nullable Principal loggedIn(Session session) {
		Principal principal = session.principal();
		boolean anonymous = principal instanceof Authentication authentication
				&& !TRUST.isAuthenticated(authentication);
		return anonymous ? null : principal;
	}

}
