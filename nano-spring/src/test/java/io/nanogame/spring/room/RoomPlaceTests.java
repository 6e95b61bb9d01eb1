package io.nanogame.spring.room;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a session knows of its room, as an attribute.
 */
class RoomPlaceTests {

	@Test
	void anAttributeHasAllParts() {
		RoomPlace place = new RoomPlace("k9eg5q5a9v8s7893mn", "a node-1q4j", 3);
		assertThat(RoomPlace.of(place.value())).isEqualTo(place);
		assertThat(place.isOn("a node-1q4j")).isTrue();
		assertThat(place.isOn("a")).isFalse();
	}

	@Test
	void aSessionWithoutARoomHasNoPlace() {
		assertThat(RoomPlace.of("")).isEqualTo(RoomPlace.NONE);
		assertThat(RoomPlace.of("k9eg5q5a9v8s7893mn")).isEqualTo(RoomPlace.NONE);
	}

	@Test
	void theNodesOfTheRoomsThatWereUsedLastAreKnown() {
		MovedRooms rooms = new MovedRooms();
		rooms.put("first", "one");
		for (int i = 0; i < 9_999; i++) {
			rooms.put("room" + i, "two");
		}
		assertThat(rooms.node("first")).isEqualTo("one");
		rooms.put("last", "three");
		assertThat(rooms.node("first")).isEqualTo("one");
		assertThat(rooms.node("room0")).isNull();
		assertThat(rooms.node("last")).isEqualTo("three");
	}

}
