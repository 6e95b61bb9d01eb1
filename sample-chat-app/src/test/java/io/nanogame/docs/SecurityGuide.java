package io.nanogame.docs;

import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.security.HandshakeAuthenticationConverter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Component;

// The profile excludes this from the other guides, which have their own logins.

@Profile("security")
// tag::handshake[]
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity // for @PreAuthorize and similar annotations
class PlayerLogins {

	@Bean
	HandshakeAuthenticationConverter tokens() {
		return (handshake) -> {
			String token = handshake.request().user(PlayerToken.class).token();
			return (token != null) ? UsernamePasswordAuthenticationToken.unauthenticated("player", token) : null;
		};
	}

	@Bean
	AuthenticationManager players(PlayerTokens tokens) {
		return (shown) -> {
			Player player = tokens.playerOf(String.valueOf(shown.getCredentials()));
			if (player == null) {
				throw new BadCredentialsException("No player has this token");
			}
			return UsernamePasswordAuthenticationToken.authenticated(player, null,
					AuthorityUtils.createAuthorityList(player.role()));
		};
	}

	record PlayerToken(@Nullable String token) {
	}

	record Player(String name, String role) implements AuthenticatedPrincipal {

		@Override
		public String getName() { // also the name of the Authentication
			return this.name;
		}

	}

}
// end::handshake[]

@Profile("security")
@Component
class PlayerTokens {

	PlayerLogins.@Nullable Player playerOf(String token) {
		return switch (token) {
			case "ann" -> new PlayerLogins.Player("Ann", "ROLE_THIEF");
			case "max" -> new PlayerLogins.Player("Max", "ROLE_MASTER");
			default -> null;
		};
	}

}

@Profile("security")
// tag::uid[]
@Component
class PlayerUid implements HandshakeValidator {

	@Override
	public void validate(Handshake handshake) { // after the login
		if (handshake.session().principal() instanceof Authentication authentication) {
			handshake.session().bind(authentication.getName());
		}
	}

}
// end::uid[]

@Profile("security")
// tag::login[]
@GameComponent("login")
class LoginComponent {

	private final AuthenticationManager players;

	LoginComponent(AuthenticationManager players) {
		this.players = players;
	}

	@Handler
	void in(Session session, String token) { // 401 if the manager rejects it
		session
			.principal(this.players.authenticate(UsernamePasswordAuthenticationToken.unauthenticated("player", token)));
	}

	@Handler
	void out(Session session) {
		session.principal(null);
	}

}
// end::login[]

@Profile("security")
// tag::authorization[]
@GameComponent("guild")
class GuildComponent {

	@Handler
	String look() { // for all
		return "a guild of thieves";
	}

	@Handler
	@PreAuthorize("isAuthenticated()") // a guest: 401
	String enter() {
		return "come in";
	}

	@Handler
	@PreAuthorize("hasRole('MASTER')") // others: 403
	String disband() {
		return "it was a good time";
	}

	@Handler
	@PreAuthorize("#amount <= 10 or hasRole('MASTER')")
	Mono<Integer> withdraw(int amount) {
		return Mono.just(amount);
	}

}
// end::authorization[]

@Profile("security")
// tag::arguments[]
@GameComponent("self")
class SelfComponent {

	@Handler
	String authentication(Authentication authentication) { // a guest: 401
		return String.valueOf(authentication.getAuthorities());
	}

	@Handler
	String player(@AuthenticationPrincipal PlayerLogins.Player player) {
		return player.name();
	}

	@Handler
	String name(@AuthenticationPrincipal(expression = "name") @Nullable String name) {
		return (name != null) ? name : "guest"; // a guest: null
	}

	@Handler
	Mono<String> later() {
		return ReactiveSecurityContextHolder.getContext().map((context) -> context.getAuthentication().getName());
	}

}
// end::arguments[]

@Profile("security")
@Configuration(proxyBeanMethods = false)
class WebSecurityGuide {

	// tag::web[]
	@Bean
	SecurityFilterChain web(HttpSecurity http) {
		http.authorizeHttpRequests((requests) -> {
			requests.requestMatchers("/nano").authenticated(); // nano.web.path
			requests.anyRequest().permitAll();
		});
		return http.httpBasic(Customizer.withDefaults()).build();
	}
	// end::web[]

}
