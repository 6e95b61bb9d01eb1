package io.nanogame.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.security.Principal;
import java.util.List;
import java.util.Map;

import com.google.protobuf.StringValue;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.session.Session;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a handler can be given.
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
	void nothingAtAll() throws Exception {
		assertThat(this.game.ask("taking.nothing", "ignored")).isEqualTo("nothing");
		assertThat(this.game.route("taking.nothing").reader()).isNull();
	}

	@Test
	void theSession() throws Exception {
		assertThat(this.game.ask("taking.session")).isSameAs(this.game.session);
	}

	@Test
	void theRequestAsAWhole() throws Exception {
		Request request = this.game.request("taking.request", new byte[0]);
		assertThat(this.game.route("taking.request").handler().handle(request)).isSameAs(request);
	}

	@Test
	void aRecord() throws Exception {
		assertThat(this.game.ask("taking.item", "{\"name\":\"sword\",\"count\":2}")).isEqualTo(new Item("sword", 2));
	}

	@Test
	void aClassWithFields() throws Exception {
		assertThat(this.game.ask("taking.plain", "{\"name\":\"sword\"}")).isEqualTo("sword");
	}

	@Test
	void aGenericType() throws Exception {
		assertThat(this.game.ask("taking.items", "[{\"name\":\"a\",\"count\":1},{\"name\":\"b\",\"count\":2}]"))
			.isEqualTo(List.of(new Item("a", 1), new Item("b", 2)));
		assertThat(this.game.ask("taking.counts", "{\"a\":1}")).isEqualTo(Map.of("a", 1L));
	}

	@Test
	void aTree() throws Exception {
		assertThat(this.game.ask("taking.tree", "{\"name\":\"sword\"}")).isEqualTo("sword");
	}

	@Test
	void aText() throws Exception {
		assertThat(this.game.ask("taking.text", "\"hello\"")).isEqualTo("hello");
	}

	@Test
	void aNumber() throws Exception {
		assertThat(this.game.ask("taking.number", "41")).isEqualTo(42);
	}

	@Test
	void aProtobufMessage() throws Exception {
		StringValue value = StringValue.of("hello");
		assertThat(this.game.ask("taking.protobuf", value.toByteArray())).isEqualTo(value);
	}

	@Test
	void theBodyAsItCame() throws Exception {
		byte[] body = { 0, 1, 2 };
		assertThat(this.game.ask("taking.raw", body)).isSameAs(body);
	}

	@Test
	void whatAnInterceptorPutInThePlaceOfThePayload() throws Exception {
		Item other = new Item("shield", 1);
		Request request = this.game.request("taking.item", new byte[0]);
		request.payload(other);
		assertThat(this.game.route("taking.item").handler().handle(request)).isSameAs(other);
	}

	@Test
	void severalThingsInAnyOrder() throws Exception {
		this.game.session.principal(() -> "ada");
		assertThat(this.game.ask("taking.everything", "{\"name\":\"sword\",\"count\":2}")).isEqualTo("ada sword 1");
	}

	@Test
	void aBodyThatIsSomethingElseIsRefused() {
		assertRefused(400, () -> this.game.ask("taking.item", "no json"));
		assertRefused(400, () -> this.game.ask("taking.item", "[]"));
		assertRefused(400, () -> this.game.ask("taking.item", "null"));
		assertRefused(400, () -> this.game.ask("taking.protobuf", new byte[] { 1 }));
	}

	@Test
	void whoIsLoggedIn() throws Exception {
		Principal ada = () -> "ada";
		this.game.session.principal(ada);
		assertThat(this.game.ask("taking.principal")).isSameAs(ada);
		assertThat(this.game.ask("taking.anybody")).isSameAs(ada);
	}

	@Test
	void whoIsLoggedInAsATypeOfTheGame() throws Exception {
		Player ada = new Player("ada");
		this.game.session.principal(ada);
		assertThat(this.game.ask("taking.player")).isSameAs(ada);
	}

	@Test
	void nobodyIsRefusedWhereSomebodyMustBeLoggedIn() {
		assertRefused(401, () -> this.game.ask("taking.principal"));
		assertRefused(401, () -> this.game.ask("taking.player"));
	}

	@Test
	void nobodyIsNullWhereThatIsAllowed() throws Exception {
		assertThat(this.game.ask("taking.anybody")).isNull();
	}

	@Test
	void whatAResolverOfTheGameBinds() throws Exception {
		this.game.session.attributes().set("level", 7);
		assertThat(this.game.ask("taking.level")).isEqualTo(7);
	}

	@Test
	void aResolverMaySeeTheAnnotationsOfAnInterface() throws Exception {
		this.game.session.attributes().set("level", 7);
		assertThat(this.game.ask("taking.declared")).isEqualTo(7);
	}

	@Test
	void aResolverMayRefuse() {
		assertRefused(403, () -> this.game.ask("taking.level"));
	}

	@Test
	void theFirstResolverThatKnowsAParameterWinsAlsoOverTheBuiltInOnes() throws Exception {
		assertThat(this.game.ask("taking.favourite")).isEqualTo("first");
	}

	record Item(String name, int count) {
	}

	static class Plain {

		public String name = "";

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
		Session session(Session session) {
			return session;
		}

		@Handler
		Request request(Request request) {
			return request;
		}

		@Handler
		Item item(Item item) {
			return item;
		}

		@Handler
		String plain(Plain plain) {
			return plain.name;
		}

		@Handler
		List<Item> items(List<Item> items) {
			return items;
		}

		@Handler
		Map<String, Long> counts(Map<String, Long> counts) {
			return counts;
		}

		@Handler
		String tree(JsonNode tree) {
			return tree.get("name").stringValue();
		}

		@Handler
		String text(String text) {
			return text;
		}

		@Handler
		int number(int number) {
			return number + 1;
		}

		@Handler
		StringValue protobuf(StringValue value) {
			return value;
		}

		@Handler
		byte[] raw(byte[] body) {
			return body;
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
