package io.nanogame.docs;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

import io.nanogame.session.Sessions;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Profile;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests the guide of Spring Security.
 */
@SpringBootTest(classes = SecurityGuideTests.App.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "nano.server.port=0", "nano.web.path=/nano", "spring.config.name=none",
				"nano.push-api.enabled=true", "nano.push-api.keys=" + SecurityGuideTests.PUSH_KEY })
@ActiveProfiles("security")
class SecurityGuideTests {

	static final String PUSH_KEY = "0123456789abcdef0123456789abcdef";

	private static final String NOT_LOGGED_IN = "{\"code\":401,\"msg\":\"not logged in\"}";

	private static final String DENIED = "{\"code\":403,\"msg\":\"access denied\"}";

	@Value("${local.nano.port}")
	private int gamePort;

	@Value("${local.server.port}")
	private int webPort;

	@Autowired
	private Sessions sessions;

	/** With the filter chain that Boot's starter would add. */
	@EnableAutoConfiguration
	@EnableWebSecurity
	@ComponentScan(useDefaultFilters = false, includeFilters = @Filter(Profile.class))
	static class App {

		@Bean
		UserDetailsService webUsers() {
			return new InMemoryUserDetailsManager(User.withUsername("web").password("{noop}secret").build());
		}

	}

	private RawClient guest() {
		return RawClient.tcp(this.gamePort).handshake();
	}

	private RawClient player(String token) {
		RawClient client = RawClient.tcp(this.gamePort);
		client.handshake("{\"user\":{\"token\":\"%s\"}}".formatted(token));
		return client;
	}

	private static String ask(RawClient client, String route, String body) {
		return client.request(1, route, body).readResponse(1);
	}

	@Test
	void handlersCheckAuthorities() {
		try (RawClient guest = guest(); RawClient ann = player("ann"); RawClient max = player("max")) {
			assertThat(ask(guest, "guild.look", "")).isEqualTo("\"a guild of thieves\"");
			assertThat(ask(guest, "guild.enter", "")).isEqualTo(NOT_LOGGED_IN);
			assertThat(ask(ann, "guild.enter", "")).isEqualTo("\"come in\"");
			assertThat(ask(ann, "guild.disband", "")).isEqualTo(DENIED);
			assertThat(ask(max, "guild.disband", "")).isEqualTo("\"it was a good time\"");
			assertThat(ask(ann, "guild.withdraw", "10")).isEqualTo("10");
			assertThat(ask(ann, "guild.withdraw", "11")).isEqualTo(DENIED);
			assertThat(ask(max, "guild.withdraw", "11")).isEqualTo("11");
		}
	}

	@Test
	void aLoginInTheHandshakeIsTheUid() {
		try (RawClient ann = player("ann")) {
			assertThat(ask(ann, "guild.enter", "")).isEqualTo("\"come in\"");
			await("the sessions of other tests have closed")
				.untilAsserted(() -> assertThat(this.sessions.findByUid("Ann")).hasSize(1));
		}
	}

	@Test
	void aWrongTokenIsRejected() {
		try (RawClient thief = RawClient.tcp(this.gamePort)) {
			thief.send(RawClient.packet(1, "{\"user\":{\"token\":\"x\"}}".getBytes(StandardCharsets.US_ASCII)));
			assertThat(thief.read().text()).isEqualTo("{\"code\":401,\"msg\":\"authentication failed\",\"sys\":{}}");
			thief.awaitClose();
		}
	}

	@Test
	void handlersCanLogInAndOut() {
		try (RawClient client = guest()) {
			assertThat(ask(client, "login.in", "\"x\"")).isEqualTo("{\"code\":401,\"msg\":\"authentication failed\"}");
			assertThat(ask(client, "login.in", "\"ann\"")).isEqualTo("{}");
			assertThat(ask(client, "guild.enter", "")).isEqualTo("\"come in\"");
			assertThat(ask(client, "login.out", "")).isEqualTo("{}");
			assertThat(ask(client, "guild.enter", "")).isEqualTo(NOT_LOGGED_IN);
		}
	}

	@Test
	void handlersReceiveTheAuthentication() {
		try (RawClient guest = guest(); RawClient ann = player("ann")) {
			assertThat(ask(ann, "self.authentication", "")).contains("ROLE_THIEF");
			assertThat(ask(guest, "self.authentication", "")).isEqualTo(NOT_LOGGED_IN);
			assertThat(ask(ann, "self.player", "")).isEqualTo("\"Ann\"");
			assertThat(ask(ann, "self.name", "")).isEqualTo("\"Ann\"");
			assertThat(ask(guest, "self.name", "")).isEqualTo("\"guest\"");
			assertThat(ask(guest, "self.later", "")).isEqualTo("\"anonymousUser\"");
		}
	}

	@Test
	void theWebAppAuthenticatesClientsOfItsPort() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> RawClient.webSocket(this.webPort, "/nano"))
			.withMessageContaining("401");
		String login = "Authorization: Basic d2ViOnNlY3JldA=="; // web:secret
		try (RawClient client = RawClient.webSocket(this.webPort, "/nano", login).handshake()) {
			assertThat(ask(client, "self.later", "")).isEqualTo("\"web\"");
			assertThat(ask(client, "guild.enter", "")).isEqualTo("\"come in\"");
		}
	}

	@Test
	void thePushApiAcceptsItsKeyOnly() throws Exception {
		try (RawClient ann = guest()) {
			ask(ann, "guild.look", "");
			assertThat(push("Bearer " + PUSH_KEY).body()).isEqualTo("{\"gateways\":1,\"unconfirmed\":0}");
			assertThat(ann.readPush("onNews")).isEqualTo("{\"text\":\"hello\"}");
			assertThat(push("Basic d2ViOnNlY3JldA==").statusCode()).isEqualTo(401);
		}
	}

	private HttpResponse<String> push(String authorization) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.webPort + "/nano/push/all"))
			.header("Authorization", authorization)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"route\":\"onNews\",\"body\":{\"text\":\"hello\"}}"))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
	}

	@Test
	void aComponentPushesToEverybody() {
		try (RawClient ann = guest(); RawClient bob = guest()) {
			ask(bob, "guild.look", "");
			assertThat(ask(ann, "herald.proclaim", "\"hear, hear\"")).isEqualTo("1");
			assertThat(bob.readPush("onNews")).isEqualTo("\"hear, hear\"");
		}
	}

}
