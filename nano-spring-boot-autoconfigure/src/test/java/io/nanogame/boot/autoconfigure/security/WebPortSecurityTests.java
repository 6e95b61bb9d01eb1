package io.nanogame.boot.autoconfigure.security;

import java.security.Principal;

import io.nanogame.boot.autoconfigure.RunningApp;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.security.HandshakeAuthenticator;
import io.nanogame.test.RawClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The game on the port of a web app that Boot secures: HTTP requires a login, with the
 * user of the properties.
 */
class WebPortSecurityTests {

	private static final String[] PROPERTIES = { "nano.web.path=/game", "spring.security.user.name=ann",
			"spring.security.user.password=secret", "spring.security.user.roles=PLAYER" };

	/** ann:secret */
	private static final String LOGIN = "Authorization: Basic YW5uOnNlY3JldA==";

	private static final String WRONG_LOGIN = "Authorization: Basic YW5uOndyb25n";

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void aLoginOfTheWebAppIsALoginOfTheGame(WebApplicationType type) {
		try (RunningApp app = RunningApp.start(App.class, type, PROPERTIES);
				RawClient ann = RawClient.webSocket(app.webPort(), "/game", LOGIN).handshake()) {
			assertThat(ann.request(1, "club.name", "").readResponse(1)).isEqualTo("\"ann\"");
			assertThat(ann.request(2, "club.dance", "").readResponse(2)).isEqualTo("\"dancing\"");
			assertThat(ann.request(3, "club.manage", "").readResponse(3))
				.isEqualTo("{\"code\":403,\"msg\":\"access denied\"}");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void theWebAppsSecurityKeepsOthersOut(WebApplicationType type) {
		try (RunningApp app = RunningApp.start(App.class, type, PROPERTIES)) {
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> RawClient.webSocket(app.webPort(), "/game"))
				.withMessageContaining("401");
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> RawClient.webSocket(app.webPort(), "/game", WRONG_LOGIN))
				.withMessageContaining("401");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void theWebAppsSecurityDoesNotSeeTheGamePort(WebApplicationType type) {
		try (RunningApp app = RunningApp.start(App.class, type, PROPERTIES);
				RawClient guest = RawClient.webSocket(app.gamePort(), "/game").handshake()) {
			assertThat(guest.request(1, "club.look", "").readResponse(1)).isEqualTo("\"a club\"");
			assertThat(guest.request(2, "club.dance", "").readResponse(2))
				.isEqualTo("{\"code\":401,\"msg\":\"not logged in\"}");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void theGameMayHaveLoginsThatTheWebAppDoesNotKnow(WebApplicationType type) {
		try (RunningApp app = RunningApp.start(AppWithTokens.class, type, PROPERTIES);
				RawClient ann = RawClient.webSocket(app.webPort(), "/game", LOGIN).handshake();
				RawClient bob = RawClient.webSocket(app.webPort(), "/game", LOGIN);
				RawClient own = RawClient.tcp(app.gamePort())) {
			bob.handshake("{\"user\":{\"name\":\"bob\"}}");
			own.handshake("{\"user\":{\"name\":\"bob\"}}");
			assertThat(ann.request(1, "club.name", "").readResponse(1)).isEqualTo("\"ann\"");
			assertThat(bob.request(1, "club.name", "").readResponse(1)).isEqualTo("\"bob\"");
			assertThat(own.request(1, "club.manage", "").readResponse(1)).isEqualTo("\"managing\"");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(App.class)
	static class AppWithTokens {

		@Bean
		HandshakeAuthenticator tokens() {
			return new HandshakeAuthenticator((handshake) -> {
				JsonNode name = handshake.request().user().get("name");
				return (name != null) ? new TestingAuthenticationToken(name.asString(), null) : null;
			}, (token) -> new TestingAuthenticationToken(token.getPrincipal(), null, "ROLE_ADMIN"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = TomcatReactiveWebServerAutoConfiguration.class)
	@EnableMethodSecurity
	@Import(Club.class)
	static class App {

	}

	@GameComponent("club")
	static class Club {

		@Handler
		String look() {
			return "a club";
		}

		@Handler
		String name(Principal principal) {
			return principal.getName();
		}

		@Handler
		@PreAuthorize("hasRole('PLAYER')")
		String dance() {
			return "dancing";
		}

		@Handler
		@PreAuthorize("hasRole('ADMIN')")
		String manage() {
			return "managing";
		}

	}

}
