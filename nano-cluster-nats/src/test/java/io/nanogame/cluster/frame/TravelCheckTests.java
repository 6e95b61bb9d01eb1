package io.nanogame.cluster.frame;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.EncodedAttribute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class TravelCheckTests {

	private static final Payloads PAYLOADS = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private final TravelCheck check = new TravelCheck(PAYLOADS);

	static List<Object> travelling() {
		return List.of("text", 1, 1L, 1.5, 1.5f, true, 'c', new byte[] { 1 }, List.of(1), Set.of("a"), Map.of("a", 1),
				Arrays.asList(1, 2), Color.RED, new Point(1, 2), List.of(new Point(1, 2)), UUID.randomUUID(),
				Instant.EPOCH, new Bean(), new EncodedAttribute(new byte[0], PAYLOADS));
	}

	static List<Object> live() {
		Runnable lambda = () -> {
		};
		return List.of(lambda, new Room(new Object()), new Object() {
		});
	}

	@ParameterizedTest
	@MethodSource("travelling")
	void whatCanBeReadAgainMayTravel(Object value) {
		assertThatNoException().isThrownBy(() -> this.check.accept("name", value));
		assertThatNoException().isThrownBy(() -> this.check.accept("name", value));
	}

	@ParameterizedTest
	@MethodSource("live")
	void aLiveObjectMayNot(Object value) {
		for (int i = 0; i < 2; i++) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.check.accept("room", value))
				.withMessageStartingWith("Attribute 'room' cannot travel to other nodes: a ")
				.withMessageContaining("setLocal");
		}
	}

	enum Color {

		RED

	}

	record Point(int x, int y) {
	}

	/** As Java beans are. */
	public static class Bean {

		private String name = "";

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

	}

	/** Nothing of it is written, and nothing makes it from that. */
	static final class Room {

		private final Object clock;

		Room(Object clock) {
			this.clock = clock;
		}

		@Override
		public String toString() {
			return "room of " + this.clock;
		}

	}

}
