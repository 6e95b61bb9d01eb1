package io.nanogame.spring.security;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.NonBlocking;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.aop.support.AopUtils;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

import static io.nanogame.spring.security.SecuredGame.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Method security on handlers and on the beans they call.
 */
class MethodSecurityTests {

	private static final String NOT_LOGGED_IN = "{\"code\":401,\"msg\":\"not logged in\"}";

	private static final String DENIED = "{\"code\":403,\"msg\":\"access denied\"}";

	private static SecuredGame game() {
		return new SecuredGame(Secure.class, Vault.class, Account.class, Treasury.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "worker", "loop", "stage", "mono", "lateStage", "lateMono", "secured" })
	void onlyTheRequiredRoleIsAllowed(String handler) {
		String route = "vault." + handler;
		try (SecuredGame game = game();
				RawClient guest = game.guest();
				RawClient ann = game.player("ann");
				RawClient root = game.player("root")) {
			assertThat(AopUtils.isCglibProxy(game.context.getBean(Vault.class))).isTrue();
			assertThat(call(guest, route)).isEqualTo(NOT_LOGGED_IN);
			assertThat(call(ann, route)).isEqualTo(DENIED);
			assertThat(call(root, route)).isEqualTo("\"gold\"");
			assertThat(call(guest, route)).isEqualTo(NOT_LOGGED_IN);
		}
	}

	@Test
	void rejectionsAreCountedAsRefused() {
		try (SecuredGame game = game(); RawClient ann = game.player("ann")) {
			call(ann, "vault.worker");
			call(ann, "vault.lateStage");
			await().untilAsserted(
					() -> assertThat(game.outcomes).containsExactly("vault.worker REFUSED", "vault.lateStage REFUSED"));
		}
	}

	@Test
	void aRefusedNotifyIsCountedAndNothingIsSent() {
		try (SecuredGame game = game(); RawClient ann = game.player("ann")) {
			ann.notify("vault.worker", "").request(1, "vault.open", "");
			assertThat(ann.readData().payload()).isEqualTo("\"open\"");
			assertThat(game.outcomes).contains("vault.worker REFUSED");
		}
	}

	@Test
	void aLoginTakesEffectImmediatelyUntilTheLogout() {
		try (SecuredGame game = game(); RawClient client = game.guest()) {
			assertThat(call(client, "vault.worker")).isEqualTo(NOT_LOGGED_IN);
			client.request(1, "account.login", "\"wrong\"");
			assertThat(client.readResponse(1)).isEqualTo("{\"code\":401,\"msg\":\"authentication failed\"}");
			client.request(1, "account.login", "\"root\"");
			assertThat(client.readResponse(1)).isEqualTo("\"gold\"");
			assertThat(call(client, "vault.worker")).isEqualTo("\"gold\"");
			assertThat(call(client, "account.logout")).isEqualTo(NOT_LOGGED_IN);
			assertThat(call(client, "vault.worker")).isEqualTo(NOT_LOGGED_IN);
		}
	}

	@Test
	void aFailureOfTheLoginServiceIsAFailureOfTheServer() {
		try (SecuredGame game = game(); RawClient client = game.guest()) {
			client.request(1, "account.login", "\"down\"");
			assertThat(client.readResponse(1)).isEqualTo("{\"code\":500,\"msg\":\"internal error\"}");
		}
	}

	@Test
	void anAuthenticationSetForOneMessageDoesNotOutliveIt() {
		try (SecuredGame game = game(); RawClient ann = game.player("ann")) {
			assertThat(call(ann, "account.borrow")).isEqualTo("\"gold\"");
			assertThat(call(ann, "vault.worker")).isEqualTo(DENIED);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity(securedEnabled = true)
	static class Secure {

	}

	@GameComponent("vault")
	static class Vault {

		private static final Executor LATER = (task) -> new Thread(task).start();

		@Handler
		String open() {
			return "open";
		}

		@Handler
		@PreAuthorize("hasRole('ADMIN')")
		String worker() {
			return "gold";
		}

		@Handler
		@NonBlocking
		@PreAuthorize("hasRole('ADMIN')")
		String loop() {
			return "gold";
		}

		@Handler
		@PreAuthorize("hasRole('ADMIN')")
		CompletionStage<String> stage() {
			return CompletableFuture.supplyAsync(() -> "gold", LATER);
		}

		@Handler
		@PreAuthorize("hasRole('ADMIN')")
		Mono<String> mono() {
			return Mono.just("gold");
		}

		@Handler
		CompletionStage<String> lateStage() {
			boolean admin = isAdmin();
			return CompletableFuture.supplyAsync(() -> goldIf(admin), LATER);
		}

		@Handler
		Mono<String> lateMono() {
			return Mono.fromFuture(() -> lateStage().toCompletableFuture());
		}

		@Handler
		@Secured("ROLE_ADMIN")
		String secured() {
			return "gold";
		}

		private static boolean isAdmin() {
			return SecurityContextHolder.getContext()
				.getAuthentication()
				.getAuthorities()
				.toString()
				.contains("ROLE_ADMIN");
		}

		private static String goldIf(boolean admin) {
			if (!admin) {
				throw new AccessDeniedException("secret: only admins");
			}
			return "gold";
		}

	}

	@Component
	static class Treasury {

		@PreAuthorize("hasRole('ADMIN')")
		String gold() {
			return "gold";
		}

	}

	@GameComponent("account")
	static class Account {

		private final AuthenticationManager manager;

		private final Treasury treasury;

		Account(AuthenticationManager manager, Treasury treasury) {
			this.manager = manager;
			this.treasury = treasury;
		}

		@Handler
		String login(Session session, String token) {
			session.principal(
					this.manager.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(token, token)));
			return this.treasury.gold();
		}

		@Handler
		String logout(Session session) {
			session.principal(null);
			return this.treasury.gold();
		}

		@Handler
		String borrow() {
			SecurityContextHolder.getContext()
				.setAuthentication(
						this.manager.authenticate(UsernamePasswordAuthenticationToken.unauthenticated("root", "root")));
			return this.treasury.gold();
		}

	}

}
