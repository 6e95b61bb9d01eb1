package io.nanogame.game;

import java.util.stream.Stream;

import io.nanogame.boot.test.AutoConfigureNanoTestClient;
import io.nanogame.boot.test.LocalNanoPort;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.SentRequest;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.network.FaultyNetwork;
import io.nanogame.game.Room.Chat;
import io.nanogame.game.Room.Join;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/** Players on sockets whose connection is cut. */
@SpringBootTest(properties = { "nano.server.port=0", "nano.resume.window=1m" })
@AutoConfigureNanoTestClient(timeout = "10s")
class ResumeOnSocketsTests {

	private static final int MESSAGES = 200;

	@Autowired
	private NanoTestClient players;

	@Autowired
	private Presence presence;

	@Autowired
	private Sessions sessions;

	@LocalNanoPort
	private int port;

	@BeforeEach
	void forgetOthers() {
		this.presence.take();
	}

	@AfterEach
	void everySessionEndsWithItsTest() {
		this.presence.refuses = false;
		this.players.closeAll();
		await().until(() -> this.sessions.count() == 0);
	}

	private TestPlayer join(NanoTestClient client, String name) {
		TestPlayer player = client.named(name);
		player.request("room.join", new Join(name)).expectResponse();
		return player;
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void messagesArriveOnceAndInOrderAfterTheResume(boolean webSocket) {
		TestPlayer ann = join(this.players, "Ann");
		NanoTestClient resumable = this.players.resumable();
		TestPlayer bob = join(webSocket ? resumable.webSocket() : resumable, "Bob");
		for (int i = 0; i < MESSAGES; i++) {
			bob.notify("room.message", new Chat("Bob", "before " + i));
		}
		bob.cut();
		ann.notify("room.message", new Chat("Ann", "are you there?"));
		bob.notify("room.message", new Chat("Bob", "in a tunnel"));
		SentRequest request = bob.request("admin.stop");
		bob.expectClosed();
		bob.resume().expectResumed();
		request.expectError(403);
		Stream<String> pushes = Stream.generate(() -> ann.expectPush("onMessage", Chat.class).value().content())
			.limit(MESSAGES + 2);
		assertThat(pushes.filter((content) -> content.startsWith("before"))).containsExactlyElementsOf(
				Stream.iterate(0, (i) -> i + 1).limit(MESSAGES).map((i) -> "before " + i).toList());
		for (int i = 0; i < MESSAGES + 2; i++) {
			bob.expectPush("onMessage", Chat.class);
		}
		ann.expectNoPush("onMessage");
		bob.expectNoPush("onMessage");
	}

	@Test
	void listenersAreNotifiedOfTheCutAndTheResume() {
		TestPlayer bob = join(this.players.resumable(), "Bob");
		bob.cut();
		await().until(() -> this.presence.take().contains("detached"));
		bob.resume().expectResumed();
		await().until(() -> this.presence.take().contains("resumed"));
	}

	@Test
	void aPlayerStaysAwayUntilTheTestResumesIt() {
		try (FaultyNetwork network = FaultyNetwork.to(this.port)) {
			TestPlayer bob = join(this.players.resumable().via(network), "Bob");
			network.cut();
			bob.expectClosed();
			await().until(() -> this.presence.take().contains("detached"));
			bob.expectNoPush("onMessage");
			assertThat(this.presence.take()).isEmpty();
			bob.resume().expectResumed();
			bob.close();
			await().until(() -> this.sessions.count() == 0);
		}
	}

	@Test
	void aSessionThatTheGameHasEndedIsLost() {
		TestPlayer bob = join(this.players.resumable(), "Bob");
		bob.cut();
		this.sessions.findByUid("Bob").forEach(Session::close);
		bob.resume().expectLost();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> bob.expectResumed())
			.withMessageContaining("Bob's session was not resumed: it is lost: ");
		join(this.players, "Bob");
	}

	@Test
	void aPlayerThatWasKickedMeanwhileLearnsItWhenItReturns() {
		TestPlayer bob = join(this.players.resumable(), "Bob");
		bob.cut();
		this.sessions.findByUid("Bob").forEach((session) -> session.kick("cheating"));
		bob.resume().expectLost();
		bob.expectKicked("cheating");
	}

	@Test
	void aListenerMayRefuseTheResume() {
		TestPlayer bob = join(this.players.resumable(), "Bob");
		this.presence.refuses = true;
		bob.cut().resume().expectRefused().hasMessage("please update");
		this.presence.refuses = false;
		this.sessions.findByUid("Bob").forEach(Session::close);
	}

	@Test
	void aPlayerThatIsConnectedNeedsNoResume() {
		TestPlayer bob = this.players.resumable().named("Bob");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> bob.resume())
			.withMessage("Bob could not resume: it is connected");
		bob.cut();
		assertThatIllegalStateException().isThrownBy(() -> bob.cut());
	}

	@Test
	void onlyAResumablePlayerCanBeCut() {
		TestPlayer ann = this.players.named("Ann");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> ann.cut())
			.withMessageContaining("NanoTestClient.resumable()");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> ann.resume())
			.withMessageContaining("NanoTestClient.resumable()");
	}

}
