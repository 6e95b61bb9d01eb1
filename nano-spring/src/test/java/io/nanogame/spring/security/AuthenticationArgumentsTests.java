package io.nanogame.spring.security;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.security.Principal;

import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.InvalidHandlerException;
import io.nanogame.test.RawClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.stereotype.Component;

import static io.nanogame.spring.security.SecuredGame.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Handlers with arguments for the authentication.
 */
class AuthenticationArgumentsTests {

	private static final String NOT_LOGGED_IN = "{\"code\":401,\"msg\":\"not logged in\"}";

	private static SecuredGame game() {
		return new SecuredGame(Who.class, Ranks.class);
	}

	@ParameterizedTest
	@CsvSource({ "who.authentication, [ROLE_PLAYER]", "who.token, ann", "who.principal, ann", "who.user, ann",
			"who.name, ann", "who.composed, ann", "who.length, 3", "who.rank, captain ann", "who.maybe, ann" })
	void argumentsAreBound(String route, String reply) {
		try (SecuredGame game = game(); RawClient ann = game.player("ann")) {
			assertThat(call(ann, route).replace("\"", "")).isEqualTo(reply);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "who.authentication", "who.token", "who.principal", "who.user", "who.name" })
	void aGuestReceives401(String route) {
		try (SecuredGame game = game(); RawClient guest = game.guest()) {
			assertThat(call(guest, route)).isEqualTo(NOT_LOGGED_IN);
		}
	}

	@Test
	void aHandlerMayAllowGuests() {
		try (SecuredGame game = game(); RawClient guest = game.guest()) {
			assertThat(call(guest, "who.maybe")).isEqualTo("\"nobody\"");
		}
	}

	@Test
	void anAnonymousAuthenticationIsNotALogin() {
		try (SecuredGame game = game(); RawClient client = game.guest()) {
			assertThat(call(client, "who.becomeAnonymous")).isEqualTo("{}");
			assertThat(call(client, "who.principal")).isEqualTo(NOT_LOGGED_IN);
		}
	}

	@Test
	void aPrincipalWithoutAnAuthenticationIsOnlyAPrincipal() {
		try (SecuredGame game = game(); RawClient client = game.guest()) {
			assertThat(call(client, "who.becomePlain")).isEqualTo("{}");
			assertThat(call(client, "who.principal")).isEqualTo("\"plain\"");
			assertThat(call(client, "who.authentication")).isEqualTo(NOT_LOGGED_IN);
			assertThat(call(client, "who.user")).isEqualTo(NOT_LOGGED_IN);
		}
	}

	@Test
	void aPrincipalOfAnotherTypeIsNullWhereItIsOptional() {
		try (SecuredGame game = game(); RawClient client = game.guest()) {
			assertThat(call(client, "who.becomeText")).isEqualTo("{}");
			assertThat(call(client, "who.maybe")).isEqualTo("\"nobody\"");
			assertThat(call(client, "who.user")).contains("\"code\":500");
			assertThat(call(client, "who.strict")).contains("\"code\":500");
		}
	}

	@Test
	void anInvalidExpressionEndsTheStart() {
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> new SecuredGame(Unreadable.class))
			.withMessageContaining("Unreadable.name(String)")
			.withMessageContaining("the expression 'user..name' of its @AuthenticationPrincipal cannot be parsed");
	}

	@GameComponent
	static class Unreadable {

		@Handler
		String name(@AuthenticationPrincipal(expression = "user..name") String name) {
			return name;
		}

	}

	@AuthenticationPrincipal(expression = "username")
	@Retention(RetentionPolicy.RUNTIME)
	@interface PlayerName {

	}

	@Component("ranks")
	static class Ranks {

		public String of(UserDetails user) {
			return "captain " + user.getUsername();
		}

	}

	@GameComponent("who")
	static class Who {

		@Handler
		String authentication(Authentication authentication) {
			return authentication.getAuthorities()
				.stream()
				.filter((authority) -> String.valueOf(authority.getAuthority()).startsWith("ROLE_"))
				.toList()
				.toString();
		}

		@Handler
		String token(UsernamePasswordAuthenticationToken token) {
			return token.getName();
		}

		@Handler
		String principal(Principal principal) {
			return principal.getName();
		}

		@Handler
		String user(@AuthenticationPrincipal UserDetails user) {
			return user.getUsername();
		}

		@Handler
		String name(@AuthenticationPrincipal(expression = "username") String name) {
			return name;
		}

		@Handler
		String composed(@PlayerName String name) {
			return name;
		}

		@Handler
		int length(@AuthenticationPrincipal(expression = "username.length()") int length) {
			return length;
		}

		@Handler
		String rank(@AuthenticationPrincipal(expression = "@ranks.of(#this)") String rank) {
			return rank;
		}

		@Handler
		String maybe(@AuthenticationPrincipal @Nullable UserDetails user, @Nullable Authentication authentication) {
			return (user != null) ? user.getUsername() : "nobody";
		}

		@Handler
		String strict(@AuthenticationPrincipal(errorOnInvalidType = true) @Nullable UserDetails user) {
			return "never";
		}

		@Handler
		void becomeAnonymous(Session session) {
			session.principal(new AnonymousAuthenticationToken("key", "anonymousUser",
					AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
		}

		@Handler
		void becomePlain(Session session) {
			session.principal(() -> "plain");
		}

		@Handler
		void becomeText(Session session) {
			session.principal(new TestingAuthenticationToken("text", null, "ROLE_PLAYER"));
		}

	}

}
