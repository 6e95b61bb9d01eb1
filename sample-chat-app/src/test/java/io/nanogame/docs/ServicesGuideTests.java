package io.nanogame.docs;

import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the guide of services.
 */
class ServicesGuideTests extends RunningGuides {

	@Test
	void aServiceReceivesMessagesRequestsAndCalls() {
		try (RawClient ann = player("Ann")) {
			assertThat(ask(ann, "hall.mine", "")).isEqualTo("{\"code\":404,\"msg\":\"Ann has never won\"}");
			ann.notify("hall.won", "").notify("hall.won", "");
			assertThat(ask(ann, "hall.mine", "")).isEqualTo("2");
			assertThat(ask(ann, "hall.best", "")).isEqualTo("[\"Ann\"]");
		}
	}

	@Test
	void aCallerHasATimeOutOfItsOwnOrSelectsItsNode() {
		try (RawClient bob = player("Bob")) {
			bob.notify("hall.won", "");
			assertThat(ask(bob, "hall.mine", "")).isEqualTo("1");
			assertThat(ask(bob, "honours.best", "")).contains("\"Bob\"");
			assertThat(ask(bob, "honours.victories", "\"Bob\"")).isEqualTo("1");
		}
	}

	private static final String NO_PIT = "{\"code\":404,\"msg\":\"Nobody offers the service 'arena' named 'pit'\"}";

	@Test
	void instancesAreCreatedAndClosedAtRunTime() {
		try (RawClient ann = player("Ann")) {
			assertThat(ask(ann, "arena.enter", "\"pit\"")).isEqualTo(NO_PIT);
			assertThat(ask(ann, "arena.open", "\"pit\"")).isEqualTo("{}");
			assertThat(ask(ann, "arena.enter", "\"pit\"")).isEqualTo("1");
			assertThat(ann.readPush("onShouted")).startsWith("\"round for ");
			ann.notify("arena.shout", "\"hey\"");
			String received = "";
			while (!received.equals("\"hey\"")) {
				received = ann.readPush("onShouted");
			}
			assertThat(ask(ann, "arena.close", "\"pit\"")).isEqualTo("{}");
			String reply = "{}";
			while (!reply.equals(NO_PIT)) {
				reply = ask(ann, "arena.enter", "\"pit\"");
			}
		}
	}

	@Test
	void theOwnerOfAClaimedInstanceIsCalled() {
		try (RawClient ann = player("Ann")) {
			assertThat(ask(ann, "auction.bid", "5")).isEqualTo("5");
			assertThat(ask(ann, "auction.bid", "3")).isEqualTo("5");
		}
	}

}
