package io.nanogame.docs;

import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a custom serializer and custom route names.
 */
@SpringBootTest(classes = SerializersGuideTests.App.class, webEnvironment = WebEnvironment.NONE,
		properties = { "nano.server.port=0", "spring.config.name=none" })
class SerializersGuideTests {

	@Value("${local.nano.port}")
	private int gamePort;

	@EnableAutoConfiguration
	@Import({ SerializersGuide.class, ComingFromNanoGuide.class, Room.class })
	static class App {

	}

	@Test
	void theOnlySerializerBeanIsUsedAndRoutesAreNamedAsInGo() {
		try (RawClient client = RawClient.tcp(this.gamePort).handshake()) {
			client.request(1, "Room.Join", "{\"display_name\":\"Ann\"}");
			assertThat(client.readResponse(1)).isEqualTo("{\"seat_number\":3}");
		}
	}

	record Entry(String displayName) {
	}

	record Seat(int seatNumber) {
	}

	@GameComponent("room")
	static class Room {

		@Handler
		Seat join(Entry entry) {
			return new Seat(entry.displayName().length());
		}

	}

}
