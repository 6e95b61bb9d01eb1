package io.nanogame.session;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.protocol.MessageType;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OutboundMessageTests {

	private final Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private static String text(OutboundMessage message) {
		return new String(message.body(), StandardCharsets.UTF_8);
	}

	@Test
	void aPushHasARouteAndNoId() {
		OutboundMessage push = OutboundMessage.push("onNews", List.of(1), this.payloads);
		assertThat(push.type()).isEqualTo(MessageType.PUSH);
		assertThat(push.route()).isEqualTo("onNews");
		assertThat(push.id()).isZero();
		assertThat(push.isError()).isFalse();
		assertThat(push.value()).isEqualTo(List.of(1));
		assertThat(text(push)).isEqualTo("[1]");
	}

	@Test
	void aResponseHasTheIdAndTheRouteOfItsRequest() {
		OutboundMessage response = OutboundMessage.response(7, "room.join", "hi", true, this.payloads);
		assertThat(response.type()).isEqualTo(MessageType.RESPONSE);
		assertThat(response.route()).isEqualTo("room.join");
		assertThat(response.id()).isEqualTo(7);
		assertThat(response.isError()).isTrue();
		assertThat(text(response)).isEqualTo("\"hi\"");
	}

	@Test
	void anErrorHasTheFormThatItsClientReads() {
		TestSessions sessions = new TestSessions();
		String pitaya = "{\"sys\":{\"platform\":\"mac\",\"libVersion\":\"0.3.5-release\"}}";
		OutboundMessage number = OutboundMessage.error(sessions.create("{}"), 7, "room.join", 404, "gone");
		OutboundMessage text = OutboundMessage.error(sessions.create(pitaya), 7, "room.join", 404, "gone");
		assertThat(number.id()).isEqualTo(7);
		assertThat(number.route()).isEqualTo("room.join");
		assertThat(number.isError()).isTrue();
		assertThat(text(number)).isEqualTo("{\"code\":404,\"msg\":\"gone\"}");
		assertThat(text(text)).isEqualTo("{\"code\":\"PIT-404\",\"msg\":\"gone\"}");
	}

	@Test
	void itIsSerialisedOnceAndOnlyWhenAsked() {
		AtomicInteger read = new AtomicInteger();
		OutboundMessage push = OutboundMessage.push("onNews", new Object() {

			@SuppressWarnings("unused")
			public int getReads() {
				return read.incrementAndGet();
			}

		}, this.payloads);
		assertThat(read).hasValue(0);
		assertThat(push.body()).isSameAs(push.body());
		assertThat(text(push)).isEqualTo("{\"reads\":1}");
	}

	@Test
	void withAnotherValueItIsTheSameMessageOtherwise() {
		OutboundMessage response = OutboundMessage.response(7, "room.join", "hi", true, this.payloads);
		response.body();
		OutboundMessage other = response.withValue(new byte[] { 'o', 'k' });
		assertThat(text(other)).isEqualTo("ok");
		assertThat(text(response)).isEqualTo("\"hi\"");
		assertThat(other)
			.extracting(OutboundMessage::type, OutboundMessage::id, OutboundMessage::route, OutboundMessage::isError)
			.containsExactly(MessageType.RESPONSE, 7L, "room.join", true);
	}

	@Test
	void aRouteHasAtMost255Bytes() {
		assertThat(OutboundMessage.push("r".repeat(255), 1, this.payloads).route()).hasSize(255);
		assertThat(OutboundMessage.push("\u00e9".repeat(127), 1, this.payloads).route()).hasSize(127);
		assertThatIllegalArgumentException().isThrownBy(() -> OutboundMessage.push("r".repeat(256), 1, this.payloads))
			.withMessageStartingWith("A route has at most 255 bytes: rrr");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> OutboundMessage.push("\u00e9".repeat(128), 1, this.payloads));
	}

	@Test
	void aBodyThatNoPacketTakesIsRefused() {
		OutboundMessage push = OutboundMessage.push("onNews", new byte[0xFFFFFF], this.payloads);
		assertThatExceptionOfType(SerializationException.class).isThrownBy(push::body)
			.withMessage("The payload for onNews has 16777215 bytes, more than a packet takes");
	}

}
