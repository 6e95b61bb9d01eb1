package io.nanogame.pond;

// tag::test[]
import java.time.Duration;
import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.room.RoomTester;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@NanoTest({ Duel.class, Duels.class, Pond.class })
class DuelTests {

	@Autowired
	private RoomTester rooms;

	@Test
	void theRuleBecomesMoreTolerant() {
		TestPlayer ann = this.rooms.player("ann");
		TestPlayer bob = this.rooms.player("bob");
		ann.request("duels.play", 1000).expectResponse();
		bob.request("duels.play", 1200).expectResponse();
		this.rooms.advance(Duration.ofSeconds(9));
		ann.expectNoPush("match.found");
		this.rooms.advance(Duration.ofSeconds(2));
		ann.expectPush("match.found", JsonNode.class);
		this.rooms.join("pond", ann, null).expectState("/ducks/ann/x", 0);
	}

}
// end::test[]
