package io.nanogame.game;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.SentRequest;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.slice.VirtualTime;
import io.nanogame.game.Room.Chat;
import io.nanogame.game.Room.Join;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Players in memory whose connection is cut. */
@NanoTest(properties = { "nano.heartbeat=10s", "nano.resume.window=1m" })
class ResumeInASliceTests {

	private static final int MESSAGES = 200;

	@Autowired
	private NanoTestClient players;

	@Autowired
	private VirtualTime time;

	@Autowired
	private Presence presence;

	@Autowired
	private Sessions sessions;

	private TestPlayer ann;

	private TestPlayer bob;

	@BeforeEach
	void join() {
		this.presence.take();
		this.ann = join(this.players, "Ann");
		this.bob = join(this.players.resumable(), "Bob");
		assertThat(this.presence.take()).containsExactly("opened", "opened");
	}

	@AfterEach
	void everySessionEndsWithItsTest() {
		this.presence.refuses = false;
		this.players.closeAll();
		assertThat(this.sessions.count()).isZero();
	}

	private static TestPlayer join(NanoTestClient client, String name) {
		TestPlayer player = client.named(name);
		player.request("room.join", new Join(name)).expectResponse();
		return player;
	}

	/** Listeners are called a moment after the cut. */
	private void settle() {
		this.time.advance(Duration.ZERO);
	}

	@Test
	void pushesArriveOnceAndInOrderAfterTheResume() {
		this.bob.cut();
		for (int i = 0; i < MESSAGES; i++) {
			this.ann.notify("room.message", new Chat("Ann", "message " + i));
		}
		this.bob.resume().expectResumed();
		for (int i = 0; i < MESSAGES; i++) {
			this.bob.expectPush("onMessage", Chat.class).isEqualTo(new Chat("Ann", "message " + i));
		}
		this.bob.expectNoPush("onMessage");
	}

	@Test
	void whatIsInFlightWhenTheConnectionIsCutArrivesOnceAfterTheResume() {
		for (int i = 0; i < MESSAGES; i++) {
			this.bob.notify("room.message", new Chat("Bob", "message " + i));
		}
		this.bob.cut().resume().expectResumed();
		for (int i = 0; i < MESSAGES; i++) {
			this.ann.expectPush("onMessage", Chat.class).isEqualTo(new Chat("Bob", "message " + i));
			this.bob.expectPush("onMessage", Chat.class).isEqualTo(new Chat("Bob", "message " + i));
		}
		this.ann.expectNoPush("onMessage");
		this.bob.expectNoPush("onMessage");
	}

	@Test
	void messagesThatAreSentWhileThePlayerIsAwayArriveAfterTheResume() {
		this.bob.cut();
		this.bob.notify("room.message", new Chat("Bob", "in a tunnel"));
		SentRequest request = this.bob.request("admin.stop");
		this.ann.expectNoPush("onMessage");
		this.bob.resume().expectResumed();
		this.ann.expectPush("onMessage", Chat.class).isEqualTo(new Chat("Bob", "in a tunnel"));
		request.expectError(403);
	}

	@Test
	void theResponseToARequestInProgressArrivesAfterTheResume() {
		SentRequest request = this.bob.request("bomb.defuse", Duration.ofSeconds(7));
		settle();
		this.bob.cut();
		this.time.advance(Duration.ofSeconds(20));
		this.bob.resume().expectResumed();
		request.expectResponse(String.class).isEqualTo("defused");
	}

	@Test
	void aPlayerMayBeCutAgainAndAgain() {
		for (int i = 0; i < 10; i++) {
			this.bob.notify("room.message", new Chat("Bob", "message " + i));
			this.bob.cut().resume().expectResumed();
		}
		for (int i = 0; i < 10; i++) {
			this.bob.expectPush("onMessage", Chat.class).isEqualTo(new Chat("Bob", "message " + i));
		}
		this.bob.expectNoPush("onMessage");
	}

	@Test
	void listenersAreNotifiedOfTheCutAndTheResume() {
		Session session = this.sessions.findByUid("Bob").iterator().next();
		this.bob.cut();
		settle();
		assertThat(this.presence.take()).containsExactly("detached");
		assertThat(session.isOpen()).isTrue();
		assertThat(session.isConnected()).isFalse();
		this.bob.resume().expectResumed();
		settle();
		assertThat(this.presence.take()).containsExactly("resumed");
		assertThat(session.isConnected()).isTrue();
	}

	@Test
	void theSessionIsLostAfterTheWindow() {
		SentRequest request = this.bob.request("bomb.defuse", Duration.ofHours(1));
		settle();
		this.bob.cut();
		this.time.advance(Duration.ofSeconds(59));
		assertThat(this.presence.take()).containsExactly("detached");
		this.time.advance(Duration.ofSeconds(10));
		assertThat(this.presence.take()).containsExactly("closed");
		this.bob.resume().expectLost();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(request::expectResponse)
			.withMessageContaining("the session was lost");
		this.bob.request("room.join", new Join("Bob")).expectResponse();
	}

	@Test
	void aSilentPlayerCanResume() {
		this.bob.fallSilent();
		this.time.advance(Duration.ofSeconds(40));
		this.bob.expectClosed();
		assertThat(this.presence.take()).containsExactly("detached");
		this.bob.resume().expectResumed();
		this.time.advance(Duration.ofMinutes(5));
		this.bob.request("admin.stop").expectError(403);
	}

	@Test
	void aPlayerThatWasKickedMeanwhileLearnsItWhenItReturns() {
		this.bob.cut();
		this.sessions.findByUid("Bob").forEach((session) -> session.kick("cheating"));
		settle();
		this.bob.resume().expectLost();
		this.bob.expectKicked("cheating");
	}

	@Test
	void aListenerMayRefuseTheResume() {
		this.presence.refuses = true;
		this.bob.cut().resume().expectRefused().hasMessage("please update");
		this.presence.refuses = false;
		this.bob.resume().expectResumed();
	}

	@Test
	void aCleanEndClosesTheSessionAtOnce() {
		this.bob.close();
		settle();
		assertThat(this.presence.take()).containsExactly("closed");
	}

	@Test
	void thePlayerOfACompletedTestLeavesNoSessionBehind() {
		this.bob.cut();
		this.players.closeAll();
		assertThat(this.sessions.count()).isZero();
		assertThat(this.presence.take()).containsOnlyOnce("detached", "resumed");
	}

	@Test
	void aPlayerThatIsNotResumableLosesItsSessionWithItsConnection() {
		this.ann.cut();
		settle();
		assertThat(this.presence.take()).containsExactly("closed");
		this.ann.expectClosed();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.ann.resume())
			.withMessage("Ann could not resume: connect it with NanoTestClient.resumable()");
		assertThatIllegalStateException().isThrownBy(() -> this.ann.cut());
	}

}
