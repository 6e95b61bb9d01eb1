package io.nanogame.cli.repl;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import com.sun.net.httpserver.HttpServer;
import io.nanogame.cli.Game;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Conversations with a real server. */
class ReplTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	@TempDir
	private Path folder;

	private Path history() {
		return this.folder.resolve("history");
	}

	@Test
	void requestsAreAnsweredAndTimed() throws IOException {
		try (Game game = new Game(); Conversation talk = Conversation.with(game, history())) {
			talk.sees("Connected to " + game.address());
			talk.sees("heartbeat 5 s, json, 3 routes have codes");
			talk.type("request test.echo {\"name\": \"Ann\"}\n");
			talk.sees("\"name\" : \"Ann\"");
			talk.sees(" ms)");
			talk.type("request test.echo\n");
			talk.sees("{ }");
			talk.type("request test.fail {}\n");
			talk.sees("\"not today\"");
			talk.sees(" ms)");
			talk.type("quit\n");
			assertThat(talk.result()).succeedsWithin(SOON).isEqualTo(true);
		}
	}

	@Test
	void pushesAreShownFromOnToOff() throws IOException {
		try (Game game = new Game(); Conversation talk = Conversation.with(game, history())) {
			talk.type("request room.join\nrequest room.say {\"words\": \"nobody looks\"}\non onWords\n");
			talk.sees("Pushes to onWords are shown");
			talk.type("notify room.say {\"words\": \"good morning\"}\n");
			talk.sees("onWords: {");
			talk.sees("\"good morning\"");
			talk.type("state\n");
			talk.sees("Pushes shown: onWords");
			talk.type("off onWords\nnotify room.say {\"words\": \"good night\"}\nrequest test.echo \"all is said\"\n");
			talk.sees(" ms)");
			talk.type("off onWords\n");
			talk.sees("Pushes to onWords were not shown");
			assertThat(talk.text().split("onWords: \\{", -1)).as("one push was shown").hasSize(2);
		}
	}

	@Test
	void mistakesAreExplained() throws IOException {
		try (Game game = new Game(); Conversation talk = Conversation.with(game, history())) {
			talk.type("reqest room.join\n");
			talk.sees("There is no command 'reqest'. Try help");
			talk.type("request\n");
			talk.sees("A route is missing: request ROUTE [JSON]");
			talk.type("request test.echo {name}\n");
			talk.sees("{name} is not JSON: ");
			talk.type("request no.route\n");
			talk.sees("404");
			talk.type("\nhelp\n");
			talk.sees("notify ROUTE [JSON]    tell");
		}
	}

	@Test
	void theEndOfTheInputIsTheEnd() throws IOException {
		try (Game game = new Game(); Conversation talk = Conversation.with(game, history())) {
			talk.sees("Connected");
			talk.endInput();
			assertThat(talk.result()).succeedsWithin(SOON).isEqualTo(true);
		}
	}

	@Test
	void aServerThatDiesAndComesBackIsTold() throws IOException {
		try (Game game = new Game(); Conversation talk = Conversation.with(game, history())) {
			talk.sees("Connected");
			game.die();
			talk.sees("Next attempt in");
			talk.type("request test.echo {}\n");
			talk.sees("This client is not connected");
			game.start();
			talk.sees("Connected again");
			talk.type("request test.echo {\"name\":\"Bob\"}\n");
			talk.sees("\"Bob\"");
		}
	}

	@Test
	void aServerThatIsNotThereIsTheEnd() throws IOException {
		try (Game game = new Game()) {
			game.die();
			try (Conversation talk = Conversation.with(game, history())) {
				talk.sees("No connection could be made");
				assertThat(talk.result()).succeedsWithin(SOON).isEqualTo(false);
			}
		}
	}

	@Test
	void theWireIsShownBothWays() throws IOException {
		try (Game game = new Game(); Conversation talk = Conversation.showingTheWire(game, history())) {
			talk.sees("-> handshake, ");
			talk.sees("7b 22 73 79 73 22");
			talk.sees("<- handshake, ");
			talk.sees("-> handshake-ack, 4 bytes");
			talk.sees("02 00 00 00");
			talk.type("request test.echo \"x\"\n");
			talk.sees("-> data, 11 bytes");
			// Header; flag with the bit of a code, id 1, code 2; the body
			talk.sees("04 00 00 07 01 01 00 02 22 78 22");
			talk.sees("\"x\"");
			talk.sees("<- data, 9 bytes");
			talk.sees("04 00 00 05 04 01 22 78 22");
		}
	}

	@Test
	void routesOfTheDictionaryAndOfTheActuatorAreCompleted() throws IOException {
		HttpServer app = actuator(200, "{\"routes\":[{\"name\":\"test.fail\"},{\"name\":\"test.wait\"}]}");
		try (Game game = new Game();
				Conversation talk = Conversation.withKeys(game, history(),
						URI.create("http://127.0.0.1:%d/actuator/".formatted(app.getAddress().getPort())))) {
			talk.sees("Connected");
			talk.type("req\troom\t{}\r");
			talk.sees("\"code\" : 0");
			talk.type("request test.f\t{}\r");
			talk.sees("\"not today\"");
		}
		finally {
			app.stop(0);
		}
	}

	@Test
	void anActuatorThatDoesNotTellIsNoHindrance() throws IOException {
		HttpServer app = actuator(404, "");
		try (Game game = new Game();
				Conversation talk = Conversation.withKeys(game, history(),
						URI.create("http://127.0.0.1:%d/actuator".formatted(app.getAddress().getPort())))) {
			talk.sees("answered 404; does the app have management.endpoints.web.exposure.include=nano");
			talk.sees("Connected");
		}
		finally {
			app.stop(0);
		}
	}

	@Test
	void anActuatorWhoseHostHasAnUnderscoreIsLookedFor() throws IOException {
		try (Game game = new Game();
				Conversation talk = Conversation.withKeys(game, history(),
						URI.create("http://no_such_server.invalid:8080/actuator"))) {
			talk.sees("http://no_such_server.invalid:8080/actuator/nano cannot be reached");
			talk.sees("Connected");
		}
	}

	private static HttpServer actuator(int status, String body) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/actuator/nano", (exchange) -> {
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
			exchange.getResponseBody().write(bytes);
			exchange.close();
		});
		server.start();
		return server;
	}

	@Test
	void whatWasTypedIsThereTheNextTime() throws IOException {
		try (Game game = new Game()) {
			try (Conversation talk = Conversation.withKeys(game, history(), null)) {
				talk.type("request test.echo {\"typed\":\"before\"}\r");
				talk.sees("\"typed\" : \"before\"");
				talk.type("quit\r");
				assertThat(talk.result()).succeedsWithin(SOON).isEqualTo(true);
			}
			await().until(() -> history().toFile().exists());
			try (Conversation talk = Conversation.withKeys(game, history(), null)) {
				talk.sees("nano> ");
				String controlP = "\u0010";
				talk.type(controlP + controlP + "\r");
				talk.sees("\"typed\" : \"before\"");
			}
		}
	}

}
