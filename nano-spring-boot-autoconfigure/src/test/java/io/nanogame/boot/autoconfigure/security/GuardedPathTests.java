package io.nanogame.boot.autoconfigure.security;

import java.util.List;

import io.nanogame.boot.autoconfigure.RunningApp;
import io.nanogame.test.RawClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A web app that requires a login only for the path of the game.
 */
class GuardedPathTests {

	/** ann:secret */
	private static final String LOGIN = "Authorization: Basic YW5uOnNlY3JldA==";

	private static final List<String> SPELLINGS = List.of("/game", "/game/", "//game", "/./game", "/x/../game",
			"/game;x=1", "/;x/game", "/%67ame", "/game%2f", "/game%00", "/GAME", "/game?x=1", "/game#x", "/game.json",
			"http://other/game", "/game%3b", "/%2e/game", "\\game");

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void noSpellingOfThePathBypassesTheLogin(WebApplicationType type) {
		try (RunningApp app = RunningApp.start(App.class, type, "nano.web.path=/game", "spring.security.user.name=ann",
				"spring.security.user.password=secret")) {
			RawClient.webSocket(app.webPort(), "/game", LOGIN).handshake().close();
			assertThat(SPELLINGS)
				.allSatisfy((path) -> assertThat(catchThrowable(() -> RawClient.webSocket(app.webPort(), path).close()))
					.isNotNull());
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = TomcatReactiveWebServerAutoConfiguration.class)
	@Import({ ServletSite.class, ReactiveSite.class })
	static class App {

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	static class ServletSite {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> {
				requests.requestMatchers("/game").authenticated();
				requests.anyRequest().permitAll();
			}).httpBasic(Customizer.withDefaults()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	static class ReactiveSite {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http.authorizeExchange((requests) -> {
				requests.pathMatchers("/game").authenticated();
				requests.anyExchange().permitAll();
			}).httpBasic(Customizer.withDefaults()).build();
		}

	}

}
