package io.nanogame.game;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.game.Room.Join;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

/** Tests of a slice of one component. */
@NanoTest(Room.class)
class OneComponentTests {

	@Test
	void otherComponentsAreExcluded(@Autowired NanoTestClient client) {
		client.connect().request("room.join", new Join("Ann")).expectResponse();
		client.connect().request("bomb.tick").expectError(404);
		client.connect().request("admin.stop").expectError(404);
	}

}
