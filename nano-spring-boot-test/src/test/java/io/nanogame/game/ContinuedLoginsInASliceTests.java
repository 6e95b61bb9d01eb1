package io.nanogame.game;

import java.time.Duration;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.slice.VirtualTime;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Players in memory that are not resumable, and whose sessions their logins continue. */
@NanoTest(value = Post.class, properties = { "nano.session.login=continue", "nano.resume.window=1m" })
class ContinuedLoginsInASliceTests {

	@Autowired
	private NanoTestClient players;

	@Autowired
	private VirtualTime time;

	@Autowired
	private Sessions sessions;

	private TestPlayer ann;

	private Session session;

	@BeforeEach
	void login() {
		this.ann = login("Ann");
		this.session = this.sessions.findByUid("ann").iterator().next();
	}

	private TestPlayer login(String name) {
		TestPlayer player = this.players.named(name);
		player.request("post.login", "ann").expectResponse();
		return player;
	}

	@AfterEach
	void everySessionEndsWithItsTest() {
		this.players.closeAll();
		assertThat(this.sessions.count()).isZero();
	}

	@Test
	void thePlayerOfACompletedTestLeavesNoSessionBehind() {
		this.players.closeAll();
		assertThat(this.session.isOpen()).isFalse();
	}

	@Test
	void aPlayerThatClosesItsConnectionEndsItsSession() {
		this.ann.close();
		this.time.advance(Duration.ZERO);
		assertThat(this.session.isOpen()).isFalse();
	}

	@Test
	void aPlayerThatIsCutLeavesItsSessionToTheNextLogin() {
		this.ann.cut();
		this.time.advance(Duration.ZERO);
		assertThat(this.session.isOpen()).isTrue();
		assertThat(this.session.isConnected()).isFalse();
		login("Ann again");
		// The response precedes the client, which moves after it.
		this.time.advance(Duration.ZERO);
		assertThat(this.session.isConnected()).isTrue();
		assertThat(this.sessions.count()).isOne();
	}

	@Test
	void theSessionOfAPlayerThatIsCutEndsAfterTheWindow() {
		this.ann.cut();
		this.time.advance(Duration.ofMinutes(2));
		assertThat(this.session.isOpen()).isFalse();
	}

}
