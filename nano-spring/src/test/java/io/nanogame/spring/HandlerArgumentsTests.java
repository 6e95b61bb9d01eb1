package io.nanogame.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.security.Principal;

import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.session.Session;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The arguments of handlers.
 */
class HandlerArgumentsTests {

	private final TestGame game = new TestGame(Taking.class, Resolvers.class);

	@AfterEach
	void close() {
		this.game.close();
	}

	private static void assertRefused(int code, ThrowingCallable call) {
		assertThatExceptionOfType(RequestException.class).isThrownBy(call)
			.extracting(RequestException::code)
			.isEqualTo(code);
	}

	@Test
	void noArguments() throws Exception {
		assertThat(this.game.call("taking.nothing", "ignored")).isEqualTo("nothing");
		assertThat(this.game.route("taking.nothing").bodies().reader()).isNull();
	}

	@Test
	void theSession() throws Exception {
		assertThat(this.game.call("taking.session")).isSameAs(this.game.session);
	}

	@Test
	void theRequest() throws Exception {
		Request request = this.game.request("taking.request", new byte[0]);
		assertThat(this.game.route("taking.request").handler().handle(request)).isSameAs(request);
	}

	@Test
	void severalArgumentsInAnyOrder() throws Exception {
		this.game.session.principal(() -> "ada");
		assertThat(this.game.call("taking.everything", "{\"name\":\"sword\",\"count\":2}")).isEqualTo("ada sword 1");
	}

	@Test
	void thePrincipal() throws Exception {
		Principal ada = () -> "ada";
		this.game.session.principal(ada);
		assertThat(this.game.call("taking.principal")).isSameAs(ada);
		assertThat(this.game.call("taking.anybody")).isSameAs(ada);
	}

	@Test
	void thePrincipalAsATypeOfTheGame() throws Exception {
		Player ada = new Player("ada");
		this.game.session.principal(ada);
		assertThat(this.game.call("taking.player")).isSameAs(ada);
	}

	@Test
	void aMissingPrincipalIsRefusedWhereOneIsRequired() {
		assertRefused(401, () -> this.game.call("taking.principal"));
		assertRefused(401, () -> this.game.call("taking.player"));
	}

	@Test
	void aMissingPrincipalIsNullWhereOneIsOptional() throws Exception {
		assertThat(this.game.call("taking.anybody")).isNull();
	}

	@Test
	void anArgumentOfAResolverOfTheGame() throws Exception {
		this.game.session.attributes().set("level", 7);
		assertThat(this.game.call("taking.level")).isEqualTo(7);
	}

	@Test
	void aResolverReceivesTheAnnotationsOfAnInterface() throws Exception {
		this.game.session.attributes().set("level", 7);
		assertThat(this.game.call("taking.declared")).isEqualTo(7);
	}

	@Test
	void aResolverMayFailTheRequest() {
		assertRefused(403, () -> this.game.call("taking.level"));
	}

	@Test
	void theFirstResolverThatSupportsAParameterWinsEvenOverTheBuiltInOnes() throws Exception {
		assertThat(this.game.call("taking.favourite")).isEqualTo("first");
	}

	record Item(String name, int count) {
	}

	record Player(String name) implements Principal {

		@Override
		public String getName() {
			return this.name;
		}

	}

	@Target(ElementType.PARAMETER)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Level {

	}

	interface Leveled {

		@Handler
		int declared(@Level int level);

	}

	@GameComponent
	static class Taking implements Leveled {

		@Handler
		String nothing() {
			return "nothing";
		}

		@Handler
		Object session(Session session) {
			return session;
		}

		@Handler
		Request request(Request request) {
			return request;
		}

		@Handler
		String everything(Item item, Request request, Principal principal, Session session) {
			assertThat(request.session()).isSameAs(session);
			return principal.getName() + " " + item.name() + " " + request.id();
		}

		@Handler
		Principal principal(Principal principal) {
			return principal;
		}

		@Handler
		@Nullable Principal anybody(@Nullable Principal principal) {
			return principal;
		}

		@Handler
		Player player(Player player) {
			return player;
		}

		@Handler
		int level(@Level int level) {
			return level;
		}

		@Override
		public int declared(int level) {
			return level;
		}

		@Handler
		String favourite(StringBuilder builder) {
			return builder.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Resolvers {

		@Bean
		ArgumentResolver level() {
			return (parameter) -> parameter.hasParameterAnnotation(Level.class) ? Resolvers::levelOf : null;
		}

		private static Object levelOf(Request request) {
			Object level = request.session().attributes().get("level");
			if (level == null) {
				throw new RequestException(403, "no level");
			}
			return level;
		}

		@Bean
		@Order(2)
		ArgumentResolver second() {
			return (parameter) -> (parameter.getParameterType() == StringBuilder.class)
					? (request) -> new StringBuilder("second") : null;
		}

		@Bean
		@Order(1)
		ArgumentResolver first() {
			return (parameter) -> (parameter.getParameterType() == StringBuilder.class)
					? (request) -> new StringBuilder("first") : null;
		}

	}

}
