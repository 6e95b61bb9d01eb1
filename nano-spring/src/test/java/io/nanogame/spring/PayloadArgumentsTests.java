package io.nanogame.spring;

import java.util.List;
import java.util.Map;

import com.google.protobuf.StringValue;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The types as which handlers can receive the body of a message.
 */
class PayloadArgumentsTests {

	private final TestGame game = new TestGame(Taking.class);

	@AfterEach
	void close() {
		this.game.close();
	}

	private static void assertRefused(ThrowingCallable call) {
		assertThatExceptionOfType(RequestException.class).isThrownBy(call)
			.extracting(RequestException::code)
			.isEqualTo(400);
	}

	@Test
	void aRecord() throws Exception {
		assertThat(this.game.call("taking.item", "{\"name\":\"sword\",\"count\":2}")).isEqualTo(new Item("sword", 2));
	}

	@Test
	void aClassWithFields() throws Exception {
		assertThat(this.game.call("taking.plain", "{\"name\":\"sword\"}")).isEqualTo("sword");
	}

	@Test
	void aGenericType() throws Exception {
		assertThat(this.game.call("taking.items", "[{\"name\":\"a\",\"count\":1},{\"name\":\"b\",\"count\":2}]"))
			.isEqualTo(List.of(new Item("a", 1), new Item("b", 2)));
		assertThat(this.game.call("taking.counts", "{\"a\":1}")).isEqualTo(Map.of("a", 1L));
	}

	@Test
	void aTree() throws Exception {
		assertThat(this.game.call("taking.tree", "{\"name\":\"sword\"}")).isEqualTo("sword");
	}

	@Test
	void aText() throws Exception {
		assertThat(this.game.call("taking.text", "\"hello\"")).isEqualTo("hello");
	}

	@Test
	void aNumber() throws Exception {
		assertThat(this.game.call("taking.number", "41")).isEqualTo(42);
	}

	@Test
	void aProtobufMessage() throws Exception {
		StringValue value = StringValue.of("hello");
		assertThat(this.game.call("taking.protobuf", value.toByteArray())).isEqualTo(value);
	}

	@Test
	void theRawBody() throws Exception {
		byte[] body = { 0, 1, 2 };
		assertThat(this.game.call("taking.raw", body)).isSameAs(body);
	}

	@Test
	void aPayloadReplacedByAnInterceptor() throws Exception {
		Item other = new Item("shield", 1);
		Request request = this.game.request("taking.item", new byte[0]);
		request.payload(other);
		assertThat(this.game.route("taking.item").handler().handle(request)).isSameAs(other);
	}

	@Test
	void aBodyOfAnotherTypeIsRefused() {
		assertRefused(() -> this.game.call("taking.item", "no json"));
		assertRefused(() -> this.game.call("taking.item", "[]"));
		assertRefused(() -> this.game.call("taking.item", "null"));
		assertRefused(() -> this.game.call("taking.protobuf", new byte[] { 1 }));
	}

	record Item(String name, int count) {
	}

	static class Plain {

		public String name = "";

	}

	@GameComponent
	static class Taking {

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

	}

}
