package io.nanogame.sample.arena;

import java.util.Locale;

import io.nanogame.session.HandshakeValidator;
import io.nanogame.spring.security.HandshakeAuthenticationConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Logins by tokens. The tokens {@code player:NAME} and {@code admin:NAME} stand for those
 * that an identity provider would sign: this sample trusts every client.
 */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class Logins {

	@Bean
	HandshakeAuthenticationConverter tokens() {
		return (handshake) -> UsernamePasswordAuthenticationToken.unauthenticated("player",
				String.valueOf(handshake.request().user(Login.class).token()));
	}

	@Bean
	AuthenticationManager players() {
		return (login) -> {
			String[] token = String.valueOf(login.getCredentials()).split(":", 2);
			if (token.length < 2 || token[1].isBlank() || !token[0].matches("player|admin")) {
				throw new BadCredentialsException("not a token");
			}
			return UsernamePasswordAuthenticationToken.authenticated(token[1], null,
					AuthorityUtils.createAuthorityList("ROLE_" + token[0].toUpperCase(Locale.ROOT)));
		};
	}

	@Bean
	HandshakeValidator uids() {
		return (handshake) -> handshake.session().bind(((Authentication) handshake.session().principal()).getName());
	}

	record Login(@Nullable String token) {
	}

}
