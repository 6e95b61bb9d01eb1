package io.nanogame.spring;

import java.util.List;

import com.google.protobuf.StringValue;
import io.nanogame.route.Route;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Handlers are prepared at startup for each serializer that sessions may have.
 */
class OtherSerializerTests {

	private final Payloads text = Payloads.jsonText(new JsonSerializer(JsonMapper.shared()));

	private Route prepared(Class<?> component) {
		try (TestGame game = new TestGame(component)) {
			return game.components.routes().get(0).preparedFor(List.of(this.text));
		}
	}

	@Test
	void aHandlerIsPreparedForBoth() {
		Route route = prepared(Echo.class);
		assertThat(route.bodies().reader()).isNotNull();
		assertThat(route.bodies().others().get(this.text).reader()).isNotNull();
		assertThat(route.bodies().others().get(this.text).writer()).isNotNull();
	}

	@Test
	void aPayloadThatTheOtherCannotReadEndsTheStart() {
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> prepared(TakesProtobuf.class))
			.withMessageStartingWith(TakesProtobuf.class.getName() + ".go(StringValue) cannot be a handler: "
					+ "its payload cannot be read: com.google.protobuf.StringValue is a protobuf message, "
					+ "and payloads of this protocol are JSON text, "
					+ "which needs the dependency com.google.protobuf:protobuf-java-util");
	}

	@Test
	void aResultThatTheOtherCannotWriteEndsTheStart() {
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> prepared(ReturnsProtobuf.class))
			.withMessageStartingWith(ReturnsProtobuf.class.getName() + ".go() cannot be a handler: "
					+ "its result cannot be written: com.google.protobuf.StringValue is a protobuf message");
	}

	@GameComponent
	static class Echo {

		@Handler
		List<String> go(List<String> payload) {
			return payload;
		}

	}

	@GameComponent
	static class TakesProtobuf {

		@Handler
		void go(StringValue payload) {
		}

	}

	@GameComponent
	static class ReturnsProtobuf {

		@Handler
		StringValue go() {
			return StringValue.getDefaultInstance();
		}

	}

}
