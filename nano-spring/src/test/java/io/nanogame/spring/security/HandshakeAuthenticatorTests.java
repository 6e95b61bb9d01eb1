package io.nanogame.spring.security;

import java.nio.charset.StandardCharsets;
import java.security.Principal;

import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logins in the handshake.
 */
class HandshakeAuthenticatorTests {

	@Test
	void aClientWithValidCredentialsIsLoggedIn() {
		try (SecuredGame game = new SecuredGame(Me.class); RawClient ann = game.player("ann")) {
			assertThat(SecuredGame.call(ann, "me.name")).isEqualTo("\"ann\"");
		}
	}

	@Test
	void aClientWithoutCredentialsIsAcceptedWithoutALogin() {
		try (SecuredGame game = new SecuredGame(Me.class); RawClient guest = game.guest()) {
			assertThat(SecuredGame.call(guest, "me.name")).isEqualTo("{\"code\":401,\"msg\":\"not logged in\"}");
		}
	}

	@ParameterizedTest
	@CsvSource({ "the manager refuses, wrong, 401, authentication failed",
			"the converter refuses, '', 401, authentication failed",
			"the service fails, down, 500, handshake refused" })
	void aRejectedClientReceives401AndIsClosed(String reason, String token, int code, String message) {
		try (SecuredGame game = new SecuredGame(Me.class); RawClient client = RawClient.tcp(game.server.port())) {
			byte[] body = "{\"user\":{\"token\":\"%s\"}}".formatted(token).getBytes(StandardCharsets.US_ASCII);
			client.send(RawClient.packet(RawPacket.HANDSHAKE, body));
			assertThat(client.read().text()).as(reason)
				.isEqualTo("{\"code\":%d,\"msg\":\"%s\",\"sys\":{}}".formatted(code, message));
			client.awaitClose();
			assertThat(game.sessions.count()).isZero();
		}
	}

	@Test
	void validatorsOfTheGameMayBindThePrincipal() {
		try (SecuredGame game = new SecuredGame(Me.class, Binding.class); RawClient ann = game.player("ann")) {
			assertThat(SecuredGame.call(ann, "me.uid")).isEqualTo("\"ann\"");
		}
	}

	@GameComponent("me")
	static class Me {

		@Handler
		String name(Principal principal) {
			return principal.getName();
		}

		@Handler
		String uid(Session session) {
			return String.valueOf(session.uid());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Binding {

		@Bean
		static HandshakeValidator uid() {
			return (handshake) -> {
				Principal principal = handshake.session().principal();
				if (principal != null) {
					handshake.session().bind(principal.getName());
				}
			};
		}

	}

}
