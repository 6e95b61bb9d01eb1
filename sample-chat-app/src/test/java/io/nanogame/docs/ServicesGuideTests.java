package io.nanogame.docs;

import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services do what their guide says.
 */
class ServicesGuideTests extends RunningGuides {

	@Test
	void aServiceIsSentToRequestedAndCalled() {
		try (RawClient ann = player("Ann")) {
			assertThat(ask(ann, "hall.mine", "")).isEqualTo("{\"code\":404,\"msg\":\"Ann has never won\"}");
			ann.notify("hall.won", "").notify("hall.won", "");
			assertThat(ask(ann, "hall.mine", "")).isEqualTo("2");
			assertThat(ask(ann, "hall.best", "")).isEqualTo("[\"Ann\"]");
		}
	}

	private static final String NO_PIT = "{\"code\":404,\"msg\":\"Nobody offers the service 'arena' named 'pit'\"}";

	@Test
	void instancesAreMadeAndEndedWhileTheGameRuns() {
		try (RawClient ann = player("Ann")) {
			assertThat(ask(ann, "arena.enter", "\"pit\"")).isEqualTo(NO_PIT);
			assertThat(ask(ann, "arena.open", "\"pit\"")).isEqualTo("{}");
			assertThat(ask(ann, "arena.enter", "\"pit\"")).isEqualTo("1");
			assertThat(ann.readPush("onShouted")).startsWith("\"round for ");
			ann.notify("arena.shout", "\"hey\"");
			String heard = "";
			while (!heard.equals("\"hey\"")) {
				heard = ann.readPush("onShouted");
			}
			assertThat(ask(ann, "arena.close", "\"pit\"")).isEqualTo("{}");
			String answer = "{}";
			while (!answer.equals(NO_PIT)) {
				answer = ask(ann, "arena.enter", "\"pit\"");
			}
		}
	}

}
