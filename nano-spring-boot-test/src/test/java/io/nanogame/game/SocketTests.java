package io.nanogame.game;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.nanogame.boot.test.AutoConfigureNanoTestClient;
import io.nanogame.boot.test.LocalNanoPort;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.network.FaultyNetwork;
import io.nanogame.game.Room.Chat;
import io.nanogame.game.Room.Join;
import io.nanogame.game.Room.Members;
import io.nanogame.session.Sessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Tests of the client on sockets, with a whole app and network faults. */
@SpringBootTest(properties = { "nano.server.port=0", "nano.heartbeat=1s" })
@AutoConfigureNanoTestClient(timeout = "10s")
class SocketTests {

	@Autowired
	private NanoTestClient players;

	@Autowired
	private Sessions sessions;

	@LocalNanoPort
	private int port;

	private FaultyNetwork network;

	@BeforeEach
	void startNetwork() {
		this.network = FaultyNetwork.to(this.port);
	}

	@AfterEach
	void disconnectAll() {
		this.network.close();
		this.players.closeAll();
		await().until(() -> this.sessions.count() == 0);
	}

	private TestPlayer join(NanoTestClient client, String name) {
		TestPlayer player = client.named(name);
		player.request("room.join", new Join(name)).expectResponse();
		return player;
	}

	@Test
	void requestsPushesErrorsAndKicksWorkAsInASlice() {
		TestPlayer ann = this.players.named("ann");
		ann.request("room.join", new Join("Ann"))
			.expectResponse(Members.class)
			.within(Duration.ofSeconds(10))
			.isEqualTo(new Members(List.of("Ann")));
		TestPlayer bob = join(this.players.webSocket(), "bob");
		ann.expectPush("onJoin", Join.class).isEqualTo(new Join("bob"));
		bob.notify("room.message", new Chat("Bob", "hello"));
		ann.expectPush("onMessage", Chat.class).isEqualTo(new Chat("Bob", "hello"));
		bob.expectNoPush("onJoin");
		bob.request("admin.stop").expectError(403).hasMessage("for admins");
		bob.notify("room.leave");
		bob.expectKicked("goodbye");
		bob.expectClosed();
		this.players.user(Map.of("name", "Mallory")).expectRefused().hasMessage("not you");
	}

	@Test
	void anUnexpectedPushIsDetected() {
		TestPlayer ann = join(this.players, "ann");
		ann.notify("room.message", new Chat("Ann", "hello"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> ann.expectNoPush("onMessage"))
			.withMessageContaining("hello");
	}

	@Test
	void aSlowNetworkDelaysResponses() {
		TestPlayer ann = this.players.via(this.network).connect();
		this.network.delay(Duration.ofMillis(100));
		var request = ann.request("room.join", new Join("Ann")).expectResponse(Members.class);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> request.within(Duration.ofMillis(199)));
	}

	@Test
	void theDelayDoesNotDependOnTheNumberOfBytes() {
		TestPlayer ann = join(this.players.via(this.network), "ann");
		this.network.delay(Duration.ofMillis(500));
		// More reads than one: if each were delayed separately, the push would be too
		// late.
		Chat much = new Chat("Ann", "m".repeat(56 * 1024));
		ann.notify("room.message", much);
		ann.expectPush("onMessage", Chat.class).isEqualTo(much);
	}

	@Test
	void aCutEndsTheConnectionAtBothEnds() {
		TestPlayer ann = join(this.players.via(this.network), "ann");
		this.network.cut();
		ann.expectClosed();
		await().until(() -> this.sessions.count() == 0);
		join(this.players.via(this.network), "bob");
	}

	@Test
	void aFinishedNetworkForwardsUntilItsConnectionsEnd() {
		TestPlayer ann = join(this.players.via(this.network), "ann");
		this.network.finish();
		this.network.admit();
		ann.notify("room.message", new Chat("Ann", "goodbye"));
		ann.expectPush("onMessage", Chat.class).isEqualTo(new Chat("Ann", "goodbye"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.players.via(this.network).connect())
			.withMessageContaining("could not connect");
	}

	@Test
	void aSilentClientIsDisconnected() {
		TestPlayer ann = join(this.players.via(this.network), "ann");
		this.network.stallWriting();
		ann.expectClosed();
		await().until(() -> this.sessions.count() == 0);
	}

	@Test
	void corruptedBytesEndTheConnection() {
		TestPlayer ann = join(this.players.via(this.network), "ann");
		this.network.corruptNextFromClient();
		ann.notify("room.message", new Chat("Ann", "hello"));
		ann.expectKicked().startsWith("protocol error");
		TestPlayer bob = join(this.players.via(this.network), "bob");
		this.network.corruptNextFromServer();
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> bob.request("room.message", new Chat("Bob", "hello")).expectResponse())
			.withMessageContaining("violated the protocol");
	}

	@Test
	void aPlayerOnASocketCannotStopItsHeartbeats() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.players.connect().fallSilent())
			.withMessageContaining("FaultyNetwork");
	}

	@Test
	void aClosedPortFailsTheTest() {
		FaultyNetwork nowhere = FaultyNetwork.to(this.port);
		int closed = nowhere.port();
		nowhere.close();
		assertThat(closed).isPositive();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.players.via(nowhere).connect())
			.withMessageContaining("could not connect");
	}

}
