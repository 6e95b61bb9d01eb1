package io.nanogame.boot.autoconfigure.room;

import io.nanogame.boot.autoconfigure.GameRunner;
import io.nanogame.server.GameServer;
import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.View;
import io.nanogame.test.RawClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A player in a room who does not read for a while, over a real socket.
 */
class SlowPlayerTests {

	private static final int CHANGES = 200;

	private final ApplicationContextRunner app = GameRunner.create()
		.withConfiguration(AutoConfigurations.of(NanoRoomAutoConfiguration.class))
		.withPropertyValues("nano.room.client-access=true", "nano.push.high-water-mark=100KB")
		.withUserConfiguration(Board.class, SecretBoard.class);

	@ParameterizedTest
	@ValueSource(strings = { "board", "secret" })
	void aPlayerWhoReadsAgainHasTheStateAlsoIfTheRoomIsQuiet(String kind) {
		this.app.run((context) -> {
			int port = context.getBean(GameServer.class).port();
			try (RawClient slow = RawClient.tcpWithSmallBuffer(port).handshake();
					RawClient fast = RawClient.tcp(port).handshake()) {
				join(slow, kind);
				join(fast, kind);
				for (int i = 1; i <= CHANGES; i++) {
					fast.request(2 + i, kind + ".write", String.valueOf(i)).readResponse(2 + i);
				}
				String last = slow.readPush("room.state");
				int pushes = 1;
				while (!last.contains("\"page\":" + CHANGES + ",") || !last.contains("\"state\":")) {
					last = slow.readPush("room.state");
					pushes++;
				}
				assertThat(pushes).as("the others were not sent").isLessThan(CHANGES);
			}
		});
	}

	private static void join(RawClient client, String kind) {
		client.request(1, "rooms.joinOrCreate", "{\"kind\":\"" + kind + "\"}").readResponse(1);
		client.request(2, kind + ".join", "").readResponse(2);
	}

	@GameRoom(value = "board", seats = 2)
	static class Board {

		final Room<Text> room;

		Board(Room<Text> room) {
			this.room = room;
		}

		@Handler
		void write(int page) {
			this.room.state().page = page;
			this.room.state().text = String.valueOf(page % 10).repeat(50_000);
		}

	}

	@GameRoom(value = "secret", seats = 2)
	static class SecretBoard extends Board {

		SecretBoard(Room<Text> room) {
			super(room);
		}

		@View
		Text view(Session session) {
			return this.room.state();
		}

	}

	static final class Text {

		int page;

		String text = "";

	}

}
