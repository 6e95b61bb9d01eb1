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

/** Tests of interactive sessions with a server. */
class ReplTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@TempDir
	private Path folder;

	private Path history() {
		return this.folder.resolve("history");
	}

	@Test
	void responsesAreShownWithTheirTimes() throws IOException {
		try (Game game = new Game(); TerminalSession session = TerminalSession.with(game, history())) {
			session.awaitText("Connected to " + game.address());
			session.awaitText("heartbeat 5 s, json, 3 routes have codes");
			session.type("request test.echo {\"name\": \"Ann\"}\n");
			session.awaitText("\"name\" : \"Ann\"");
			session.awaitText(" ms)");
			session.type("request test.echo\n");
			session.awaitText("{ }");
			session.type("request test.fail {}\n");
			session.awaitText("\"not today\"");
			session.awaitText(" ms)");
			session.type("quit\n");
			assertThat(session.result()).succeedsWithin(TIMEOUT).isEqualTo(true);
		}
	}

	@Test
	void pushesAreShownBetweenOnAndOff() throws IOException {
		try (Game game = new Game(); TerminalSession session = TerminalSession.with(game, history())) {
			session.type("request room.join\nrequest room.chat {\"text\": \"not shown\"}\non onChat\n");
			session.awaitText("Pushes to onChat are shown");
			session.type("notify room.chat {\"text\": \"good morning\"}\n");
			session.awaitText("onChat: {");
			session.awaitText("\"good morning\"");
			session.type("state\n");
			session.awaitText("Pushes shown: onChat");
			session.type("off onChat\nnotify room.chat {\"text\": \"good night\"}\nrequest test.echo \"done\"\n");
			session.awaitText(" ms)");
			session.type("off onChat\n");
			session.awaitText("Pushes to onChat were not shown");
			assertThat(session.text().split("onChat: \\{", -1)).as("one push was shown").hasSize(2);
		}
	}

	@Test
	void mistakesAreExplained() throws IOException {
		try (Game game = new Game(); TerminalSession session = TerminalSession.with(game, history())) {
			session.type("reqest room.join\n");
			session.awaitText("There is no command 'reqest'. Try help");
			session.type("request\n");
			session.awaitText("A route is missing: request ROUTE [JSON]");
			session.type("request test.echo {name}\n");
			session.awaitText("{name} is not JSON: ");
			session.type("request no.route\n");
			session.awaitText("404");
			session.type("\nhelp\n");
			session.awaitText("notify ROUTE [JSON]    send a notification");
		}
	}

	@Test
	void theEndOfTheInputEndsTheSession() throws IOException {
		try (Game game = new Game(); TerminalSession session = TerminalSession.with(game, history())) {
			session.awaitText("Connected");
			session.endInput();
			assertThat(session.result()).succeedsWithin(TIMEOUT).isEqualTo(true);
		}
	}

	@Test
	void aCrashAndTheReconnectAreShown() throws IOException {
		try (Game game = new Game(); TerminalSession session = TerminalSession.with(game, history())) {
			session.awaitText("Connected");
			game.crash();
			session.awaitText("Next attempt in");
			game.start();
			// The new server does not have it.
			session.awaitText("The session is lost");
			session.awaitText("Connected again");
			session.type("request test.echo {\"name\":\"Bob\"}\n");
			session.awaitText("\"Bob\"");
		}
	}

	@Test
	void anUnreachableServerEndsTheSession() throws IOException {
		try (Game game = new Game()) {
			game.crash();
			try (TerminalSession session = TerminalSession.with(game, history())) {
				session.awaitText("No connection could be made");
				assertThat(session.result()).succeedsWithin(TIMEOUT).isEqualTo(false);
			}
		}
	}

	@Test
	void packetsInBothDirectionsAreShown() throws IOException {
		try (Game game = new Game(); TerminalSession session = TerminalSession.showingPackets(game, history())) {
			session.awaitText("-> handshake, ");
			session.awaitText("7b 22 73 79 73 22");
			session.awaitText("<- handshake, ");
			session.awaitText("-> handshake-ack, 4 bytes");
			session.awaitText("02 00 00 00");
			session.type("request test.echo \"x\"\n");
			session.awaitText("-> data, 11 bytes");
			// Header; flag with the bit of a code, id 1, code 2; the body
			session.awaitText("04 00 00 07 01 01 00 02 22 78 22");
			session.awaitText("\"x\"");
			session.awaitText("<- data, 9 bytes");
			session.awaitText("04 00 00 05 04 01 22 78 22");
		}
	}

	@Test
	void theProtocolLengthIdHasNoHandshakeAndNoPacketTypes() throws IOException {
		try (Game game = Game.withLengthId();
				TerminalSession session = TerminalSession.showingLengthId(game, history())) {
			session.awaitText("Connected to " + game.address());
			session.awaitText(": length-id");
			session.type("request test.echo \"x\"\n");
			session.awaitText("-> packet, 11 bytes");
			session.awaitText("03 00 00 00 03 00 00 00 22 78 22");
			session.awaitText("<- packet, 11 bytes");
			session.type("on onChat\nrequest room.join\nrequest room.chat {\"text\":\"hello\"}\n");
			session.awaitText("onChat: {");
			session.type("request no.route\n");
			session.awaitText("The route no.route has no id");
			session.type("request test.fail\n");
			session.awaitText("not today");
		}
	}

	@Test
	void routesOfTheDictionaryAndTheActuatorAreCompleted() throws IOException {
		HttpServer app = actuator(200, "{\"routes\":[{\"name\":\"test.fail\"},{\"name\":\"test.wait\"}]}");
		try (Game game = new Game();
				TerminalSession session = TerminalSession.withKeys(game, history(),
						URI.create("http://127.0.0.1:%d/actuator/".formatted(app.getAddress().getPort())))) {
			session.awaitText("Connected");
			session.type("req\troom\t{}\r");
			session.awaitText("\"code\" : 0");
			session.type("request test.f\t{}\r");
			session.awaitText("\"not today\"");
		}
		finally {
			app.stop(0);
		}
	}

	@Test
	void aFailingActuatorDoesNotPreventTheSession() throws IOException {
		HttpServer app = actuator(404, "");
		try (Game game = new Game();
				TerminalSession session = TerminalSession.withKeys(game, history(),
						URI.create("http://127.0.0.1:%d/actuator".formatted(app.getAddress().getPort())))) {
			session.awaitText("answered 404; does the app have management.endpoints.web.exposure.include=nano");
			session.awaitText("Connected");
		}
		finally {
			app.stop(0);
		}
	}

	@Test
	void anActuatorHostWithAnUnderscoreIsResolved() throws IOException {
		try (Game game = new Game();
				TerminalSession session = TerminalSession.withKeys(game, history(),
						URI.create("http://no_such_server.invalid:8080/actuator"))) {
			session.awaitText("http://no_such_server.invalid:8080/actuator/nano cannot be reached");
			session.awaitText("Connected");
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
	void theHistoryIsKeptForTheNextSession() throws IOException {
		try (Game game = new Game()) {
			try (TerminalSession session = TerminalSession.withKeys(game, history(), null)) {
				session.type("request test.echo {\"typed\":\"before\"}\r");
				session.awaitText("\"typed\" : \"before\"");
				session.type("quit\r");
				assertThat(session.result()).succeedsWithin(TIMEOUT).isEqualTo(true);
			}
			await().until(() -> history().toFile().exists());
			try (TerminalSession session = TerminalSession.withKeys(game, history(), null)) {
				session.awaitText("nano> ");
				String controlP = "\u0010";
				session.type(controlP + controlP + "\r");
				session.awaitText("\"typed\" : \"before\"");
			}
		}
	}

}
