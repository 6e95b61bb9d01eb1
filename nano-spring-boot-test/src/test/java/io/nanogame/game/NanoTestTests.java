package io.nanogame.game;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.ErrorReply;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.network.FaultyNetwork;
import io.nanogame.boot.test.slice.VirtualTime;
import io.nanogame.game.Room.Chat;
import io.nanogame.game.Room.Join;
import io.nanogame.game.Room.Members;
import io.nanogame.server.GameServer;
import io.nanogame.session.Sessions;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Tests of the slice. */
@NanoTest(properties = "nano.heartbeat=10s")
class NanoTestTests {

	@Autowired
	private NanoTestClient players;

	@Autowired
	private VirtualTime time;

	@Autowired
	private ApplicationContext context;

	@Test
	void requestsAreAnswered() {
		this.players.connect()
			.request("room.join", new Join("Ann"))
			.expectResponse(Members.class)
			.isEqualTo(new Members(List.of("Ann")));
	}

	@Test
	void pushesReachTheirReceiversOnly() {
		TestPlayer ann = join("Ann");
		TestPlayer bob = join("Bob");
		ann.expectPush("onJoin", Join.class).isEqualTo(new Join("Bob"));
		bob.notify("room.message", new Chat("Bob", "hello"));
		ann.expectPush("onMessage", Chat.class).within(Duration.ofMillis(1)).isEqualTo(new Chat("Bob", "hello"));
		assertThat(bob.expectPush("onMessage", Chat.class).value().content()).isEqualTo("hello");
		bob.expectNoPush("onJoin");
	}

	@Test
	void pushesOfARouteKeepTheirOrder() {
		TestPlayer ann = join("Ann");
		ann.notify("room.message", new Chat("Ann", "1")).notify("room.message", new Chat("Ann", "2"));
		join("Bob");
		ann.expectPush("onJoin", Join.class);
		ann.expectPush("onMessage", Chat.class).extracting(Chat::content).isEqualTo("1");
		ann.expectPush("onMessage", Chat.class).extracting(Chat::content).isEqualTo("2");
	}

	@Test
	void aNameReturnsTheSamePlayer() {
		assertThat(this.players.named("ann")).isSameAs(this.players.named("ann"))
			.isNotSameAs(this.players.named("bob"));
		assertThat(this.context.getBean(Sessions.class).count()).isEqualTo(2);
	}

	@Test
	void validationInterceptorsAndUnknownRoutesFailRequests() {
		TestPlayer ann = this.players.connect();
		ann.request("room.join", new Join(" ")).expectError(400).hasMessage("name must not be blank");
		ann.request("room.join", "{").expectError(400);
		ann.request("admin.stop").expectError(403).isEqualTo(new ErrorReply(403, "for admins"));
		ann.request("no.such").expectError(404).hasMessageContaining("route");
	}

	@Test
	void listenersOfTheServerAreNotified() {
		this.players.connect();
		assertThat(this.context.getBean(Visits.class).ids())
			.contains(this.context.getBean(Sessions.class).all().iterator().next().id());
	}

	@Test
	void kicksAreReceived() {
		TestPlayer ann = join("Ann");
		ann.notify("room.leave");
		ann.expectKicked("goodbye");
		ann.expectClosed();
	}

	@Test
	void handshakesAreChecked() {
		this.players.user(Map.of("name", "Mallory")).expectRefused().hasMessage("not you");
		this.players.user(Map.of("name", "Ann")).connect();
	}

	@Test
	void timersUseTheVirtualTime() {
		TestPlayer ann = this.players.connect();
		ann.request("bomb.light", Duration.ofHours(1)).expectResponse();
		this.time.advance(Duration.ofMinutes(59));
		ann.expectNoPush("onBang");
		this.time.advance(Duration.ofMinutes(1));
		ann.expectPush("onBang", String.class);
	}

	@Test
	void noTurnOfATimerIsSkipped() {
		TestPlayer ann = this.players.connect();
		ann.request("bomb.tick").expectResponse();
		this.time.advance(Duration.ofSeconds(100));
		for (int i = 0; i < 100; i++) {
			ann.expectPush("onTick", String.class);
		}
		ann.expectNoPush("onTick");
	}

	@Test
	void theTimeOfAResponseIsChecked() {
		var request = this.players.connect().request("bomb.defuse", Duration.ofSeconds(7));
		this.time.advance(Duration.ofSeconds(20));
		request.expectResponse(String.class).isEqualTo("defused").within(Duration.ofSeconds(8));
	}

	@Test
	void requestsTimeOutInTheVirtualTime() {
		var request = this.players.connect().request("bomb.defuse", Duration.ofHours(1));
		this.time.advance(Duration.ofSeconds(60));
		request.expectError(408);
	}

	@Test
	void onlyASilentPlayerIsDisconnected() {
		TestPlayer ann = this.players.named("ann");
		TestPlayer bob = this.players.named("bob").fallSilent();
		this.time.advance(Duration.ofSeconds(20));
		bob.request("room.join", new Join("Bob")).expectResponse();
		this.time.advance(Duration.ofMinutes(2));
		bob.expectClosed();
		ann.request("room.join", new Join("Ann")).expectResponse();
	}

	@Test
	void aPlayerThatDisconnectsLeavesTheGame() {
		TestPlayer ann = join("Ann");
		join("Bob").close();
		ann.expectPush("onJoin", Join.class);
		ann.expectNoPush("onMessage");
		assertThat(this.context.getBean(Sessions.class).count()).isEqualTo(1);
	}

	@Test
	void playersOfAnEarlierTestHaveLeft() {
		assertThat(this.context.getBean(Sessions.class).count()).isZero();
	}

	@Test
	void onlyGameBeansAreIncluded() {
		assertThat(this.context.getBeansOfType(Room.class)).hasSize(1);
		assertThat(this.context.getBeansOfType(Gate.class)).hasSize(1);
		assertThat(this.context.getBeansOfType(Admin.Guard.class)).hasSize(1);
		assertThat(this.context.getBeansOfType(Database.class)).isEmpty();
	}

	@Test
	void theServerRunsWithoutAPort() {
		GameServer server = this.context.getBean(GameServer.class);
		assertThat(server.isRunning()).isTrue();
		assertThat(server.port()).isNegative();
		assertThat(this.context.getBean(Environment.class).containsProperty("local.nano.port")).isFalse();
	}

	@Test
	void optionsForSocketsAreRejected() {
		try (FaultyNetwork network = FaultyNetwork.to(1)) {
			assertThatIllegalStateException().isThrownBy(() -> this.players.via(network).connect())
				.withMessageContaining("@AutoConfigureNanoTestClient");
		}
		assertThatIllegalStateException().isThrownBy(() -> this.players.webSocket().connect());
	}

	private TestPlayer join(String name) {
		TestPlayer player = this.players.named(name);
		player.request("room.join", new Join(name)).expectResponse();
		return player;
	}

}
