package io.nanogame.docs;

import com.google.protobuf.StringValue;
import io.nanogame.route.RequestException;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.Room;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/**
 * Tests the JavaScript client with a server that uses protobuf.
 */
@SpringBootTest(classes = JavascriptProtobufGuideTests.App.class, webEnvironment = WebEnvironment.NONE, properties = {
		"nano.server.port=0", "nano.serializer=protobuf", "nano.room.client-access=true", "spring.config.name=none" })
class JavascriptProtobufGuideTests {

	@Value("${local.nano.port}")
	private int gamePort;

	@EnableAutoConfiguration
	@Import({ Hall.class, Dice.class })
	static class App {

	}

	@Test
	void theJavaScriptClientRunsItsGuide() throws Exception {
		NodeProgram.run("JavascriptProtobufGuide.mjs", this.gamePort);
	}

	@GameRoom(value = "dice", seats = 2)
	static class Dice {

		private final Room<Score> room;

		Dice(Room<Score> room) {
			this.room = room;
			room.state().points = 7;
		}

		@Handler
		void finish() {
			this.room.state().points = 12;
			this.room.sync();
			this.room.close("over");
		}

		static class Score {

			int points;

		}

	}

	@GameComponent("hall")
	static class Hall {

		@Handler
		StringValue call(Session session, StringValue text) {
			if (text.getValue().equals("nobody")) {
				throw new RequestException(404, "nobody is here");
			}
			session.push("onEcho", StringValue.of(text.getValue() + ", " + text.getValue()));
			return StringValue.of("Hello " + text.getValue());
		}

	}

}
