package io.nanogame.spring.room;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nanogame.spring.room.RoomGate.Order;
import io.nanogame.spring.room.RoomTransfer.Contents;
import io.nanogame.spring.room.RoomTransfer.ListingContents;
import io.nanogame.spring.room.RoomTransfer.SavedSeat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What nodes with rooms send each other, with a mapper that omits what is empty. */
class RoomRecordsTests {

	private final JsonMapper mapper = JsonMapper.builder()
		.changeDefaultPropertyInclusion((all) -> all.withValueInclusion(JsonInclude.Include.NON_EMPTY)
			.withContentInclusion(JsonInclude.Include.NON_EMPTY))
		.build();

	static Stream<Object> records() {
		return Stream.of(new RoomDesk.Page(List.of(), false), new RoomInfo("id", "kind", 0, 2, 0, false, Map.of()),
				new Order("kind", "id", "node", 1, List.of(), List.of(), "from"),
				new Contents("{}", 1, new ListingContents(false, false, "{}"), List.of(), List.of()));
	}

	@ParameterizedTest
	@MethodSource("records")
	void emptyListsAreRead(Object written) {
		assertThat(this.mapper.readValue(this.mapper.writeValueAsString(written), written.getClass()))
			.isEqualTo(written);
	}

	@ParameterizedTest
	@MethodSource("records")
	void listsAreRead(Object written) {
		assertThat(JsonMapper.shared().readValue(JsonMapper.shared().writeValueAsString(written), written.getClass()))
			.isEqualTo(written);
	}

	@Test
	void anEmptyAnswerIsRead() {
		String json = this.mapper.writeValueAsString(new SavedSeat(1, "key", false, new byte[0]));
		assertThat(this.mapper.readValue(json, SavedSeat.class).answer()).isEmpty();
	}

}
