package io.nanogame.docs;

import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the guide of handlers.
 */
class HandlersGuideTests extends RunningGuides {

	@Test
	void theFirstHandlerReplies() {
		try (RawClient client = guest()) {
			assertThat(ask(client, "greeting.greet", "{\"name\":\"Ann\"}")).isEqualTo("{\"text\":\"Hello Ann\"}");
		}
	}

	@Test
	void handlersAreNamedAfterComponentAndMethodOrExplicitly() {
		try (RawClient client = guest()) {
			assertThat(ask(client, "weather.today", "")).isEqualTo("\"sunny\"");
			assertThat(ask(client, "forecast.get", "")).isEqualTo("\"rain\"");
			assertThat(ask(client, "weather.tomorrow", "")).isEqualTo("{\"code\":404,\"msg\":\"no such route\"}");
		}
	}

	@Test
	void handlersReceiveTheirArguments() {
		try (RawClient guest = guest(); RawClient ann = player("Ann")) {
			assertThat(ask(guest, "arguments.session", "")).matches("[0-9]+");
			assertThat(ask(guest, "arguments.request", "")).isEqualTo("\"arguments.request #1\"");
			assertThat(ask(guest, "arguments.member", "")).isEqualTo("{\"code\":401,\"msg\":\"not logged in\"}");
			assertThat(ask(ann, "arguments.member", "")).isEqualTo("\"Ann\"");
			assertThat(ask(guest, "arguments.anybody", "")).isEqualTo("\"guest\"");
			assertThat(ask(guest, "arguments.list", "[{\"name\":\"a\"},{\"name\":\"b\"}]")).isEqualTo("2");
			assertThat(ask(guest, "arguments.bytes", "12345")).isEqualTo("5");
			assertThat(ask(guest, "arguments.list", "{}")).contains("\"code\":400");
		}
	}

	@Test
	void aCustomArgumentIsBound() {
		try (RawClient client = guest()) {
			assertThat(ask(client, "player.jump", "")).isEqualTo("{\"code\":403,\"msg\":\"choose a player first\"}");
			assertThat(ask(client, "player.choose", "{\"name\":\"Mario\"}")).isEqualTo("{}");
			assertThat(ask(client, "player.jump", "")).isEqualTo("\"Mario jumps\"");
		}
	}

	@Test
	void resultsAreReplies() {
		try (RawClient client = guest()) {
			assertThat(ask(client, "results.nothing", "")).isEqualTo("{}");
			assertThat(ask(client, "results.value", "")).isEqualTo("{\"points\":1}");
			assertThat(ask(client, "results.mono", "")).isEqualTo("{\"points\":2}");
			assertThat(ask(client, "results.stage", "")).isEqualTo("{\"points\":3}");
		}
	}

	@Test
	void aReplyMayBeDeferred() {
		try (RawClient early = guest(); RawClient late = guest()) {
			early.request(1, "match.find", "");
			assertThat(early.readResponse(1)).isEqualTo("{\"code\":408,\"msg\":\"timed out\"}");
			early.request(2, "match.find", "");
			assertThat(ask(early, "results.nothing", "")).isEqualTo("{}");
			assertThat(ask(late, "match.find", "")).startsWith("{\"opponent\":");
			assertThat(early.readResponse(2)).startsWith("{\"opponent\":");
		}
	}

	@Test
	void failuresHaveTheirCodes() {
		try (RawClient client = guest()) {
			assertThat(ask(client, "shop.buy", "{\"item\":\"\",\"amount\":0}"))
				.isEqualTo("{\"code\":400,\"msg\":\"amount must be greater than 0; item must not be blank\"}");
			assertThat(ask(client, "shop.buy", "{\"item\":\"apple\",\"amount\":11}"))
				.isEqualTo("{\"code\":403,\"msg\":\"no more than ten\"}");
			assertThat(ask(client, "shop.buy", "{\"item\":\"apple\",\"amount\":1}"))
				.isEqualTo("{\"code\":409,\"msg\":\"out of stock\"}");
			assertThat(ask(client, "shop.buy", "{")).contains("\"code\":400");
			assertThat(ask(client, "team.shout", "\"hey\"")).isEqualTo("{\"code\":409,\"msg\":\"join a team first\"}");
			assertThat(ask(client, "hunt.shoot", "")).isEqualTo("{\"code\":500,\"msg\":\"internal error\"}");
		}
	}

	@Test
	void clientsOfPitayaReceiveItsCodes() {
		try (RawClient client = RawClient.tcp(gamePort())) {
			client.handshake("{\"sys\":{\"platform\":\"mac\",\"libVersion\":\"1\"}}");
			assertThat(ask(client, "no.route", "")).isEqualTo("{\"code\":\"PIT-404\",\"msg\":\"no such route\"}");
		}
	}

	@Test
	void handlersRunOnTheirThreads() {
		try (RawClient client = guest()) {
			assertThat(ask(client, "threads.worker", "")).isNotEqualTo(ask(client, "threads.loop", ""));
			assertThat(ask(client, "threads.loop", "")).startsWith("\"nano-");
			assertThat(ask(client, "threads.concurrent", "")).isEqualTo("\"done\"");
		}
	}

}
