package io.nanogame.boot.autoconfigure.security;

import java.security.Principal;
import java.util.List;
import java.util.Set;

import javax.security.auth.x500.X500Principal;

import io.nanogame.cluster.frame.Login;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A login has the same authorities on other nodes.
 */
class AuthenticationCodecTests {

	private static final List<GrantedAuthority> PLAYER = AuthorityUtils.createAuthorityList("ROLE_PLAYER");

	private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();

	private final AuthenticationCodec logins = new AuthenticationCodec();

	private @Nullable Principal travel(@Nullable Principal principal) {
		Login login = this.logins.write(principal);
		return (login != null) ? this.logins.read(login) : null;
	}

	@Test
	void aLoginKeepsNameAndAuthorities() {
		Principal there = travel(UsernamePasswordAuthenticationToken.authenticated("ann", "secret", PLAYER));
		assertThat(there).isInstanceOfSatisfying(Authentication.class, (authentication) -> {
			assertThat(authentication.getName()).isEqualTo("ann");
			assertThat(authentication.getCredentials()).isNull();
			assertThat(AuthorityUtils.authorityListToSet(authentication.getAuthorities()))
				.isEqualTo(Set.of("ROLE_PLAYER"));
			assertThat(TRUST.isFullyAuthenticated(authentication)).isTrue();
		});
	}

	@Test
	void aRememberedLoginStaysRemembered() {
		Principal there = travel(new RememberMeAuthenticationToken("key", "ann", PLAYER));
		assertThat(there).isInstanceOfSatisfying(Authentication.class, (authentication) -> {
			assertThat(TRUST.isRememberMe(authentication)).isTrue();
			assertThat(TRUST.isFullyAuthenticated(authentication)).isFalse();
		});
	}

	@Test
	void anAnonymousClientStaysAnonymous() {
		assertThat(travel(UsernamePasswordAuthenticationToken.unauthenticated("ann", "secret"))).isNull();
		assertThat(travel(new AnonymousAuthenticationToken("key", "anonymous", PLAYER))).isNull();
		assertThat(travel(null)).isNull();
	}

	@Test
	void aCertificatesNameIsNoLogin() {
		Principal there = travel(new X500Principal("CN=ann"));
		assertThat(there).isNotInstanceOf(Authentication.class);
		assertThat(there).extracting(Principal::getName).isEqualTo("CN=ann");
	}

}
