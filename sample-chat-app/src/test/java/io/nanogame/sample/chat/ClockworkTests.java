package io.nanogame.sample.chat;

import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.slice.VirtualTime;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

// tag::time[]
@NanoTest({ Clockwork.class, RoomComponent.class })
@Import(SimpleMeterRegistry.class)
class ClockworkTests {

	@Test
	void theRoomsReceiveTheTrafficWhenThereIsAny(@Autowired NanoTestClient players, @Autowired VirtualTime time) {
		TestPlayer ann = players.named("ann");
		ann.request("room.join", new JoinRequest("Ann", "tea")).expectResponse();
		ann.expectNoPush("onTraffic");
		time.advance(Duration.ofSeconds(2));
		ann.expectPush("onTraffic", TrafficReport.class).extracting(TrafficReport::received).isEqualTo(1L);
		time.advance(Duration.ofHours(1)); // takes no time
		ann.expectNoPush("onTraffic");
	}

}
// end::time[]
