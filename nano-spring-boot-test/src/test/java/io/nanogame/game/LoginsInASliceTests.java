package io.nanogame.game;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

/** Tests that {@code nano.session.login} applies in a slice, too. */
@NanoTest(value = Post.class, properties = "nano.session.login=refuse")
class LoginsInASliceTests {

	@Test
	void aSecondLoginIsRefused(@Autowired NanoTestClient players) {
		TestPlayer ann = players.connect();
		ann.request("post.login", "ann").expectResponse();
		TestPlayer other = players.connect();
		other.request("post.login", "ann").expectError(403).hasMessage("already logged in");
		other.request("post.login", "bob").expectResponse();
	}

}
