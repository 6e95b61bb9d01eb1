package io.nanogame.boot.autoconfigure.security;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.Principal;

import io.nanogame.boot.autoconfigure.RunningApp;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.RawClient;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client with the login of an HTTP session that ends while the client is connected.
 */
class HttpSessionTests {

	private static final String[] PROPERTIES = { "nano.web.path=/game", "spring.security.user.name=ann",
			"spring.security.user.password=secret" };

	/** ann:secret */
	private static final String LOGIN = "Basic YW5uOnNlY3JldA==";

	private static HttpResponse<String> get(RunningApp app, String path, String header, String value) throws Exception {
		URI uri = URI.create("http://127.0.0.1:" + app.webPort() + path);
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).header(header, value).build(), BodyHandlers.ofString());
	}

	/** The cookie of a new session. */
	private static String logIn(RunningApp app) throws Exception {
		HttpResponse<String> page = get(app, "/page", "Authorization", LOGIN);
		assertThat(page.statusCode()).isEqualTo(200);
		return page.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
	}

	private static void logOut(RunningApp app, String cookie) throws Exception {
		assertThat(get(app, "/out", "Cookie", cookie).statusCode()).isEqualTo(200);
		assertThat(get(app, "/page", "Cookie", cookie).statusCode()).isEqualTo(401);
	}

	@Test
	void inAContainerTheEndOfTheHttpSessionIsThatOfItsWebSockets() throws Exception {
		try (RunningApp app = RunningApp.start(App.class, WebApplicationType.SERVLET, PROPERTIES)) {
			String cookie = logIn(app);
			try (RawClient ann = RawClient.webSocket(app.webPort(), "/game", "Cookie: " + cookie).handshake()) {
				assertThat(ann.request(1, "club.name", "").readResponse(1)).isEqualTo("\"ann\"");
				logOut(app, cookie);
				assertThat(ann.readEnd()).contains("1008");
			}
		}
	}

	@Test
	void onReactorNettyTheGameContinuesWhenTheHttpSessionEnds() throws Exception {
		try (RunningApp app = RunningApp.start(App.class, WebApplicationType.REACTIVE, PROPERTIES)) {
			String cookie = logIn(app);
			try (RawClient ann = RawClient.webSocket(app.webPort(), "/game", "Cookie: " + cookie).handshake()) {
				assertThat(ann.request(1, "club.name", "").readResponse(1)).isEqualTo("\"ann\"");
				logOut(app, cookie);
				assertThat(ann.request(2, "club.name", "").readResponse(2)).isEqualTo("\"ann\"");
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = TomcatReactiveWebServerAutoConfiguration.class)
	@Import({ Club.class, ServletSite.class, ReactiveSite.class })
	static class App {

	}

	@GameComponent("club")
	static class Club {

		@Handler
		String name(Principal principal) {
			return principal.getName();
		}

	}

	@RestController
	@ConditionalOnWebApplication(type = Type.SERVLET)
	static class ServletSite {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.httpBasic((basic) -> basic.securityContextRepository(new HttpSessionSecurityContextRepository()))
				.build();
		}

		@GetMapping("/page")
		String page() {
			return "a page";
		}

		@GetMapping("/out")
		String out(HttpSession session) {
			session.invalidate();
			return "bye";
		}

	}

	@RestController
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	static class ReactiveSite {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http.authorizeExchange((requests) -> requests.anyExchange().authenticated())
				.httpBasic((basic) -> basic.securityContextRepository(new WebSessionServerSecurityContextRepository()))
				.build();
		}

		@GetMapping("/page")
		String page() {
			return "a page";
		}

		@GetMapping("/out")
		Mono<String> out(WebSession session) {
			return session.invalidate().thenReturn("bye");
		}

	}

}
