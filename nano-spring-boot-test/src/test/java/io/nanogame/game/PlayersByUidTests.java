package io.nanogame.game;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.game.Post.Mail;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

/** Tests a component that uses the cluster's interfaces, in a slice. */
@NanoTest(Post.class)
class PlayersByUidTests {

	@Test
	void aPlayerIsReachedByUid(@Autowired NanoTestClient players) {
		TestPlayer ann = players.connect();
		ann.request("post.login", "ann").expectResponse();
		players.connect().request("post.send", new Mail("ann", "hello")).expectResponse(Integer.class).isEqualTo(1);
		ann.expectPush("onMail", Mail.class).isEqualTo(new Mail("ann", "hello"));
	}

}
