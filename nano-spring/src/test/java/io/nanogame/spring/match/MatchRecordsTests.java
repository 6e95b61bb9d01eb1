package io.nanogame.spring.match;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nanogame.spring.match.QueueDesk.Announced;
import io.nanogame.spring.match.QueueDesk.Announcement;
import io.nanogame.spring.match.QueueDesk.PartyInfo;
import io.nanogame.spring.match.QueueDesk.Waiting;
import io.nanogame.spring.match.TicketDesk.Ending;
import io.nanogame.spring.match.TicketDesk.Entry;
import io.nanogame.spring.match.TicketDesk.Outcome;
import io.nanogame.spring.match.TicketDesk.Party;
import io.nanogame.spring.match.TicketDesk.Place;
import io.nanogame.spring.match.TicketDesk.Player;
import io.nanogame.spring.match.TicketDesk.Proposal;
import io.nanogame.spring.match.TicketDesk.Reply;
import io.nanogame.spring.match.TicketDesk.Vote;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What nodes send to each other is read again as it was, whatever an application has
 * configured for its own JSON.
 */
class MatchRecordsTests {

	static final List<Record> RECORDS = List.of(new Entry(1, "ann", "duel", List.of(), "{}"),
			new Party(new QueueInfo("duel", "arena", 2, 0), "t1", List.of("ann", "bob")),
			new Ending("duel", "t1", List.of("ann"), EndReason.LEFT),
			new Proposal("m1", "duel", "arena", List.of(new Player("ann", "t1")), List.of("ann", "bob")),
			new Vote("ann", Reply.YES), Outcome.FROZEN, Outcome.committed(new Place("r1", "arena", "n1")),
			new Announcement("duel", "n1", List.of(new Waiting("t1", "ann", 0, null))),
			new Waiting("t1", "ann", 0, new PartyInfo(List.of("ann"), "{}")),
			new Announced(List.of(), List.of(), Map.of()),
			new Announced(List.of("t1"), List.of("t2"), Map.of("t3", 1L)));

	@ParameterizedTest
	@FieldSource("RECORDS")
	void aRecordIsReadAsItWasWritten(Record written) {
		JsonMapper usual = JsonMapper.shared();
		JsonMapper brief = JsonMapper.builder()
			.changeDefaultPropertyInclusion((all) -> all.withValueInclusion(JsonInclude.Include.NON_EMPTY)
				.withContentInclusion(JsonInclude.Include.NON_EMPTY))
			.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.build();
		for (JsonMapper mapper : List.of(usual, brief)) {
			assertThat((Object) mapper.readValue(mapper.writeValueAsString(written), written.getClass()))
				.isEqualTo(written);
		}
	}

}
