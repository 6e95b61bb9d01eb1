package io.nanogame.game;

import java.time.Duration;

import io.nanogame.boot.test.AutoConfigureNanoTestClient;
import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.slice.VirtualTime;
import io.nanogame.game.Room.Chat;
import io.nanogame.game.Room.Join;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests of the failure messages of players whose connection is cut. */
@NanoTest
@AutoConfigureNanoTestClient(timeout = "2s")
class ResumeFailureMessageTests {

	@Autowired
	private NanoTestClient players;

	@Autowired
	private VirtualTime time;

	@Autowired
	private Presence presence;

	private TestPlayer bob;

	@BeforeEach
	void connectBob() {
		this.bob = this.players.resumable().named("bob");
		this.bob.request("room.join", new Join("Bob")).expectResponse();
	}

	@AfterEach
	void refuseNothing() {
		this.presence.refuses = false;
	}

	private static AbstractThrowableAssert<?, ?> failure(ThrowingCallable expectation) {
		return assertThatThrownBy(expectation).isInstanceOf(AssertionError.class);
	}

	@Test
	void aPushThatIsExpectedWhileThePlayerIsAway() {
		this.bob.cut().notify("room.message", new Chat("Bob", "hello"));
		failure(() -> this.bob.expectPush("onMessage", Chat.class)).hasMessageStartingWith(
				"bob's push onMessage was not received within 2s. Received, but not expected:\n" + "  was cut\n");
	}

	@Test
	void aLostSessionThatShouldHaveBeenResumed() {
		this.bob.cut();
		this.time.advance(Duration.ofMinutes(1));
		failure(() -> this.bob.resume().expectResumed())
			.hasMessageStartingWith("bob's session was not resumed: it is lost. Received, but not expected: nothing");
	}

	@Test
	void aLostSessionOfAKickedPlayer() {
		this.bob.cut();
		this.bob.notify("room.leave");
		this.bob.resume().expectResumed();
		this.bob.expectKicked("goodbye");
		failure(() -> this.bob.resume())
			.hasMessage("bob could not resume: the game has ended its session, or nano.resume.window is 0");
	}

	@Test
	void aResumedSessionThatShouldHaveBeenLost() {
		this.bob.cut().resume();
		failure(() -> this.bob.expectLost()).hasMessageContaining("bob's session was not lost: it continues");
		failure(() -> this.bob.expectRefused()).hasMessageContaining("bob's resume was not refused: it continues");
		failure(() -> this.bob.resume()).hasMessage("bob could not resume: it is connected");
	}

	@Test
	void aResumeThatWasRefused() {
		this.presence.refuses = true;
		this.bob.cut().resume();
		failure(() -> this.bob.expectResumed())
			.hasMessageContaining("bob's session was not resumed: the game has refused it with 500 please update");
	}

	@Test
	void anExpectationWithoutAResume() {
		this.bob.cut();
		failure(() -> this.bob.expectResumed())
			.hasMessageContaining("bob's session was not resumed: the test has not called resume() since it was cut")
			.hasMessageContaining("was cut");
	}

}
