package io.nanogame.spring.security;

import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.RawClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.stereotype.Component;

import static io.nanogame.spring.security.SecuredGame.call;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reactive method security finds the authentication in the Reactor context.
 */
class ReactiveMethodSecurityTests {

	@ParameterizedTest
	@ValueSource(strings = { "vault.gold", "vault.elsewhere" })
	void onlyTheRequiredRoleIsAllowed(String route) {
		try (SecuredGame game = new SecuredGame(Secure.class, Vault.class, Treasury.class);
				RawClient guest = game.guest();
				RawClient ann = game.player("ann");
				RawClient root = game.player("root")) {
			assertThat(call(guest, route)).isEqualTo("{\"code\":401,\"msg\":\"not logged in\"}");
			assertThat(call(ann, route)).isEqualTo("{\"code\":403,\"msg\":\"access denied\"}");
			assertThat(call(root, route)).isEqualTo("\"gold for root\"");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableReactiveMethodSecurity
	static class Secure {

	}

	@GameComponent("vault")
	static class Vault {

		private final Treasury treasury;

		Vault(Treasury treasury) {
			this.treasury = treasury;
		}

		@Handler
		@PreAuthorize("hasRole('ADMIN')")
		Mono<String> gold() {
			return Treasury.receipt();
		}

		@Handler
		Mono<String> elsewhere() {
			return Mono.just(1).publishOn(Schedulers.parallel()).flatMap((one) -> this.treasury.gold());
		}

	}

	@Component
	static class Treasury {

		@PreAuthorize("hasRole('ADMIN')")
		Mono<String> gold() {
			return receipt();
		}

		static Mono<String> receipt() {
			return ReactiveSecurityContextHolder.getContext()
				.map(SecurityContext::getAuthentication)
				.map((authentication) -> "gold for " + authentication.getName());
		}

	}

}
