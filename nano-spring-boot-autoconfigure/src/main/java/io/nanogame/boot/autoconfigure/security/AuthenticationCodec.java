package io.nanogame.boot.autoconfigure.security;

import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.nanogame.cluster.frame.Login;
import io.nanogame.cluster.frame.PrincipalCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Encodes a principal of Spring Security for other nodes by its name and authorities, so
 * that all nodes decide alike.
 */
final class AuthenticationCodec implements PrincipalCodec {

	private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();

	/** The key of the tokens that this class creates. */
	private static final String KEY = "nano";

	@Override
	public @Nullable Login write(@Nullable Principal principal) {
		if (!(principal instanceof Authentication authentication)) {
			return PrincipalCodec.NAMES.write(principal);
		}
		if (!TRUST.isAuthenticated(authentication)) {
			return null;
		}
		Set<String> authorities = authentication.getAuthorities()
			.stream()
			.map((authority) -> String.valueOf(authority.getAuthority()))
			.collect(Collectors.toSet());
		return new Login(authentication.getName(),
				TRUST.isRememberMe(authentication) ? Login.Trust.REMEMBERED : Login.Trust.FULL, authorities);
	}

	@Override
	public Principal read(Login login) {
		List<GrantedAuthority> authorities = AuthorityUtils
			.createAuthorityList(login.authorities().toArray(String[]::new));
		return switch (login.trust()) {
			case NAME_ONLY -> PrincipalCodec.NAMES.read(login);
			case REMEMBERED -> new RememberMeAuthenticationToken(KEY, login.name(), authorities);
			case FULL -> UsernamePasswordAuthenticationToken.authenticated(login.name(), null, authorities);
		};
	}

}
