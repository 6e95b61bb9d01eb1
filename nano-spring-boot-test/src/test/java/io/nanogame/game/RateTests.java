package io.nanogame.game;

import java.time.Duration;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.slice.VirtualTime;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

/** Tests that rate limits use the virtual time. */
@NanoTest(components = Room.class, properties = "nano.server.limits.requests-per-second=2")
class RateTests {

	@Test
	void theRateLimitUsesTheVirtualTime(@Autowired NanoTestClient players, @Autowired VirtualTime time) {
		TestPlayer ann = players.connect();
		ann.request("no.such").expectError(404);
		ann.request("no.such").expectError(404);
		ann.request("no.such").expectError(429);
		time.advance(Duration.ofSeconds(1));
		ann.request("no.such").expectError(404);
	}

}
