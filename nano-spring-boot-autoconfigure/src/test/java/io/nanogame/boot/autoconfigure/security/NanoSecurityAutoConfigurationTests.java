package io.nanogame.boot.autoconfigure.security;

import java.nio.charset.StandardCharsets;

import io.nanogame.boot.autoconfigure.GameRunner;
import io.nanogame.server.GameServer;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.security.HandshakeAuthenticationConverter;
import io.nanogame.spring.security.HandshakeAuthenticator;
import io.nanogame.spring.security.SecurityContextInterceptor;
import io.nanogame.test.RawClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An app with Spring Security, client by client.
 */
class NanoSecurityAutoConfigurationTests {

	private final ApplicationContextRunner app = GameRunner.create()
		.withConfiguration(AutoConfigurations.of(NanoSecurityAutoConfiguration.class))
		.withBean(Vault.class)
		.withUserConfiguration(MethodSecurity.class);

	@Test
	void handlersAreSecured() {
		this.app.run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(HandshakeAuthenticator.class);
			try (RawClient client = client(context.getBean(GameServer.class)).handshake()) {
				assertThat(client.request(1, "vault.open", "").readResponse(1)).contains("401");
			}
		});
	}

	@Test
	void playersLogInWithTheirHandshake() {
		this.app.withUserConfiguration(PrincipalCodec.class).run((context) -> {
			GameServer server = context.getBean(GameServer.class);
			try (RawClient ann = client(server); RawClient root = client(server); RawClient thief = client(server)) {
				ann.handshake("{\"user\":{\"token\":\"ann\"}}");
				root.handshake("{\"user\":{\"token\":\"root\"}}");
				assertThat(ann.request(1, "vault.open", "").readResponse(1)).contains("403");
				assertThat(root.request(1, "vault.open", "").readResponse(1)).isEqualTo("\"gold for root\"");
				assertThat(root.request(1, "vault.name", "").readResponse(1)).isEqualTo("\"root\"");
				thief.send(RawClient.packet(1, "{\"user\":{\"token\":\"x\"}}".getBytes(StandardCharsets.US_ASCII)));
				assertThat(thief.read().text()).contains("\"code\":401");
				thief.awaitClose();
			}
		});
	}

	private static RawClient client(GameServer server) {
		return RawClient.tcp(server.port());
	}

	@Test
	void aConverterWithoutAManagerEndsTheStart() {
		this.app.withBean(HandshakeAuthenticationConverter.class, () -> (handshake) -> null)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(NoSuchBeanDefinitionException.class)
				.hasMessageContaining(AuthenticationManager.class.getName()));
	}

	@Test
	void anAuthenticatorOfTheAppWins() {
		this.app.withUserConfiguration(PrincipalCodec.class)
			.withBean("own", HandshakeAuthenticator.class,
					() -> new HandshakeAuthenticator((handshake) -> null, (credentials) -> credentials))
			.run((context) -> assertThat(context).hasSingleBean(HandshakeValidator.class).hasBean("own"));
	}

	@Test
	void aContextHolderOfTheAppIsUsed() {
		SecurityContextHolderStrategy own = SecurityContextHolder.getContextHolderStrategy();
		CountingHolder holder = new CountingHolder(own);
		this.app.withBean(SecurityContextHolderStrategy.class, () -> holder).run((context) -> {
			try (RawClient client = client(context.getBean(GameServer.class)).handshake()) {
				assertThat(client.request(1, "vault.open", "").readResponse(1)).contains("401");
				assertThat(holder.contexts).isOne();
			}
		});
	}

	@Test
	void thereAreNoBeansWithoutAGameServer() {
		this.app.withPropertyValues("nano.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SecurityContextInterceptor.class));
	}

	record Credentials(@Nullable String token) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	static class MethodSecurity {

	}

	@Configuration(proxyBeanMethods = false)
	static class PrincipalCodec {

		@Bean
		HandshakeAuthenticationConverter tokens() {
			return (handshake) -> {
				String token = handshake.request().user(Credentials.class).token();
				return (token != null) ? UsernamePasswordAuthenticationToken.unauthenticated(token, token) : null;
			};
		}

		@Bean
		AuthenticationManager players() {
			return (credentials) -> switch (credentials.getName()) {
				case "ann" -> new TestingAuthenticationToken("ann", null, "ROLE_PLAYER");
				case "root" -> new TestingAuthenticationToken("root", null, "ROLE_ADMIN");
				default -> throw new BadCredentialsException("nobody has this token");
			};
		}

	}

	@GameComponent("vault")
	static class Vault {

		@Handler
		@PreAuthorize("hasRole('ADMIN')")
		String open() {
			Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
			return "gold for " + ((authentication != null) ? authentication.getName() : "nobody");
		}

		@Handler
		String name(Authentication authentication) {
			return authentication.getName();
		}

	}

}
