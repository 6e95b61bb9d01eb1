package io.nanogame.docs;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The components of the guides do what the guides say, in one app, over real sockets.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "nano.server.port=0", "nano.request-timeout=2s",
				"spring.config.location=file:src/test/java/io/nanogame/docs/WebPortGuide.yml,"
						+ "file:src/test/java/io/nanogame/docs/ObservabilityGuide.yml" })
class GuidesTests {

	@Value("${local.nano.port}")
	private int gamePort;

	@Value("${local.server.port}")
	private int webPort;

	@SpringBootApplication(proxyBeanMethods = false)
	static class App {

	}

	private RawClient guest() {
		return RawClient.tcp(this.gamePort).handshake();
	}

	private RawClient player(String name) {
		RawClient client = RawClient.tcp(this.gamePort);
		assertThat(client.handshake("{\"user\":{\"token\":\"token-of-%s\"}}".formatted(name)))
			.contains("\"user\":{\"name\":\"%s\"}".formatted(name));
		return client;
	}

	private static String ask(RawClient client, String route, String body) {
		return client.request(1, route, body).readResponse(1);
	}

	@Test
	void theFirstHandlerAnswers() {
		try (RawClient client = guest()) {
			assertThat(ask(client, "greeting.greet", "{\"name\":\"Ann\"}")).isEqualTo("{\"words\":\"Hello Ann\"}");
		}
	}

	@Test
	void handlersAreNamedAfterComponentAndMethodOrAsTheySay() {
		try (RawClient client = guest()) {
			assertThat(ask(client, "weather.today", "")).isEqualTo("\"sunny\"");
			assertThat(ask(client, "forecast.get", "")).isEqualTo("\"rain\"");
			assertThat(ask(client, "weather.tomorrow", "")).isEqualTo("{\"code\":404,\"msg\":\"no such route\"}");
		}
	}

	@Test
	void handlersTakeWhatTheyAskFor() {
		try (RawClient guest = guest(); RawClient ann = player("Ann")) {
			assertThat(ask(guest, "arguments.session", "")).matches("[0-9]+");
			assertThat(ask(guest, "arguments.request", "")).isEqualTo("\"arguments.request #1\"");
			assertThat(ask(guest, "arguments.member", "")).isEqualTo("{\"code\":401,\"msg\":\"not logged in\"}");
			assertThat(ask(ann, "arguments.member", "")).isEqualTo("\"Ann\"");
			assertThat(ask(guest, "arguments.anybody", "")).isEqualTo("\"guest\"");
			assertThat(ask(guest, "arguments.list", "[{\"name\":\"a\"},{\"name\":\"b\"}]")).isEqualTo("2");
			assertThat(ask(guest, "arguments.bytes", "12345")).isEqualTo("5");
			assertThat(ask(guest, "arguments.list", "{}")).contains("\"code\":400");
		}
	}

	@Test
	void anArgumentOfTheGamesOwnIsBound() {
		try (RawClient client = guest()) {
			assertThat(ask(client, "player.jump", "")).isEqualTo("{\"code\":403,\"msg\":\"choose a player first\"}");
			assertThat(ask(client, "player.choose", "{\"name\":\"Mario\"}")).isEqualTo("{}");
			assertThat(ask(client, "player.jump", "")).isEqualTo("\"Mario jumps\"");
		}
	}

	@Test
	void resultsAreAnswers() {
		try (RawClient client = guest()) {
			assertThat(ask(client, "results.nothing", "")).isEqualTo("{}");
			assertThat(ask(client, "results.value", "")).isEqualTo("{\"points\":1}");
			assertThat(ask(client, "results.mono", "")).isEqualTo("{\"points\":2}");
			assertThat(ask(client, "results.stage", "")).isEqualTo("{\"points\":3}");
		}
	}

	@Test
	void anAnswerMayComeLater() {
		try (RawClient early = guest(); RawClient late = guest()) {
			early.request(1, "match.find", "");
			assertThat(early.readResponse(1)).isEqualTo("{\"code\":408,\"msg\":\"timed out\"}");
			early.request(2, "match.find", "");
			assertThat(ask(early, "results.nothing", "")).isEqualTo("{}");
			assertThat(ask(late, "match.find", "")).startsWith("{\"opponent\":");
			assertThat(early.readResponse(2)).startsWith("{\"opponent\":");
		}
	}

	@Test
	void whatIsWrongIsAnsweredWithItsCode() {
		try (RawClient client = guest()) {
			assertThat(ask(client, "shop.buy", "{\"item\":\"\",\"amount\":0}"))
				.isEqualTo("{\"code\":400,\"msg\":\"amount must be greater than 0; item must not be blank\"}");
			assertThat(ask(client, "shop.buy", "{\"item\":\"apple\",\"amount\":11}"))
				.isEqualTo("{\"code\":403,\"msg\":\"no more than ten\"}");
			assertThat(ask(client, "shop.buy", "{\"item\":\"apple\",\"amount\":1}"))
				.isEqualTo("{\"code\":409,\"msg\":\"out of stock\"}");
			assertThat(ask(client, "shop.buy", "{")).contains("\"code\":400");
			assertThat(ask(client, "team.shout", "\"hey\"")).isEqualTo("{\"code\":409,\"msg\":\"join a team first\"}");
			assertThat(ask(client, "hunt.shoot", "")).isEqualTo("{\"code\":500,\"msg\":\"internal error\"}");
		}
	}

	@Test
	void pitayasClientsGetItsCodes() {
		try (RawClient client = RawClient.tcp(this.gamePort)) {
			client.handshake("{\"sys\":{\"platform\":\"mac\",\"libVersion\":\"1\"}}");
			assertThat(ask(client, "no.route", "")).isEqualTo("{\"code\":\"PIT-404\",\"msg\":\"no such route\"}");
		}
	}

	@Test
	void handlersRunWhereTheySay() {
		try (RawClient client = guest()) {
			assertThat(ask(client, "threads.worker", "")).isNotEqualTo(ask(client, "threads.loop", ""));
			assertThat(ask(client, "threads.loop", "")).startsWith("\"nano-");
			assertThat(ask(client, "threads.concurrent", "")).isEqualTo("\"done\"");
		}
	}

	@Test
	void whoLogsInTwiceIsKickedFromTheFirstSeat() {
		try (RawClient first = guest(); RawClient second = guest()) {
			assertThat(ask(first, "account.login", "{\"uid\":\"twice\"}")).isEqualTo("{}");
			assertThat(ask(second, "account.login", "{\"uid\":\"twice\"}")).isEqualTo("{}");
			assertThat(first.readKick()).isEqualTo("{\"reason\":\"you are here twice\"}");
		}
	}

	@Test
	void sessionsKeepAttributesAndArePushedTo() {
		try (RawClient ann = RawClient.tcp(this.gamePort); RawClient admin = player("admin")) {
			ann.handshake("{\"user\":{\"token\":\"token-of-Ann\"}}");
			assertThat(ann.readPush("onWelcome")).startsWith("\"Welcome, number ");
			assertThat(ask(ann, "counter.count", "")).isEqualTo("1");
			assertThat(ask(ann, "counter.count", "")).isEqualTo("2");
			ask(ann, "mail.notifyWhenGone", "");
			ann.notify("mail.send", "{\"to\":\"admin\",\"text\":\"hello\"}");
			assertThat(admin.readPush("onMail")).isEqualTo("{\"to\":\"admin\",\"text\":\"hello\"}");
			ann.reset();
			assertThat(admin.readPush("onMail")).contains("has gone");
		}
	}

	@Test
	void teamsHearEachOther() {
		try (RawClient ann = player("Ann"); RawClient bob = player("Bob")) {
			assertThat(ask(ann, "team.join", "{\"name\":\"blue\"}")).isEqualTo("[\"Ann\"]");
			assertThat(ask(bob, "team.join", "{\"name\":\"blue\"}")).isEqualTo("[\"Ann\",\"Bob\"]");
			assertThat(ann.readPush("onJoin")).matches("[0-9]+");
			ann.notify("team.whisper", "\"psst\"");
			ann.notify("team.shout", "\"hey\"");
			assertThat(bob.readPush("onWhisper")).isEqualTo("\"psst\"");
			assertThat(ann.readData().payload()).isEqualTo("\"hey\"");
			assertThat(ask(bob, "team.leave", "")).isEqualTo("{}");
			assertThat(ask(ann, "team.leave", "")).isEqualTo("{}");
		}
	}

	@Test
	void lanesServeOneAfterTheOther() {
		try (RawClient host = guest(); RawClient friend = guest()) {
			assertThat(ask(host, "bank.deposit", "{\"account\":\"a\",\"coins\":2}")).isEqualTo("2");
			assertThat(ask(friend, "bank.deposit", "{\"account\":\"a\",\"coins\":3}")).isEqualTo("5");
			String id = ask(host, "hunt.begin", "");
			assertThat(ask(friend, "hunt.join", id)).isEqualTo("{}");
			int bears = Integer.parseInt(friend.readPush("onBears"));
			assertThat(Integer.parseInt(ask(host, "hunt.shoot", ""))).isGreaterThanOrEqualTo(bears - 1);
			assertThat(Integer.parseInt(host.readPush("onBears"))).isGreaterThan(100 - 2);
		}
	}

	@Test
	void timersRing() {
		try (RawClient client = guest()) {
			ask(client, "bell.subscribe", "");
			int ticks = 0;
			boolean dong = false;
			while (ticks < 3 || !dong) {
				String sound = client.readPush("onBell");
				ticks += sound.equals("\"tick\"") ? 1 : 0;
				dong |= sound.equals("\"dong\"");
			}
		}
	}

	@Test
	void interceptorsRefuseAndReplace() {
		try (RawClient guest = guest(); RawClient admin = player("admin")) {
			assertThat(ask(guest, "admin.secret", "")).isEqualTo("{\"code\":403,\"msg\":\"for admins\"}");
			assertThat(ask(admin, "admin.secret", "")).isEqualTo("\"42\"");
			byte[] scrambled = "\"hello\"".getBytes(StandardCharsets.US_ASCII);
			for (int i = 0; i < scrambled.length; i++) {
				scrambled[i] ^= 0x55;
			}
			assertThat(ask(guest, "scrambled.echo", new String(scrambled, StandardCharsets.US_ASCII)))
				.isEqualTo("\"hello!\"");
		}
	}

	@Test
	void outboundInterceptorsReplaceAndDropPushes() {
		try (RawClient client = guest()) {
			ask(client, "team.join", "{\"name\":\"filtered\"}");
			client.notify("team.shout", "\"buy spam\"").notify("team.shout", "\"darn it\"");
			assertThat(client.readPush("onShout")).isEqualTo("\"**** it\"");
		}
	}

	@Test
	void handshakesAreChecked() {
		try (RawClient old = RawClient.tcp(this.gamePort); RawClient stranger = RawClient.tcp(this.gamePort)) {
			String body = "{\"sys\":{\"type\":\"js-websocket\",\"version\":\"0.0.0\"}}";
			old.send(RawClient.packet(1, body.getBytes(StandardCharsets.US_ASCII)));
			assertThat(old.read().text()).isEqualTo("{\"code\":501,\"msg\":\"please update\",\"sys\":{}}");
			old.awaitClose();
			stranger.send(RawClient.packet(1, "{\"user\":{\"token\":\"x\"}}".getBytes(StandardCharsets.US_ASCII)));
			assertThat(stranger.read().text()).isEqualTo("{\"code\":500,\"msg\":\"log in first\",\"sys\":{}}");
			stranger.awaitClose();
		}
	}

	@Test
	void theGameIsOnTheWebAppsPortToo() {
		try (RawClient client = RawClient.webSocket(this.webPort, "/nano").handshake()) {
			assertThat(ask(client, "greeting.greet", "{\"name\":\"Ann\"}")).isEqualTo("{\"words\":\"Hello Ann\"}");
		}
	}

	@Test
	void theActuatorShowsTheServer() throws Exception {
		try (RawClient client = guest()) {
			ask(client, "greeting.greet", "{\"name\":\"Ann\"}");
			assertThat(get("/actuator/nano")).contains("\"state\":\"running\"",
					"{\"name\":\"bank.deposit\",\"handler\":\"io.nanogame.docs.Bank.deposit(Deposit)\","
							+ "\"threading\":\"lane\",\"lane\":\"bank\",\"concurrent\":false}");
			assertThat(get("/actuator/health")).contains("\"nano\":{\"status\":\"UP\"");
			assertThat(get("/actuator/prometheus"))
				.containsPattern("nano_handler_seconds_count\\{outcome=\"success\",route=\"greeting.greet\"} [1-9]");
		}
	}

	private String get(String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.webPort + path)).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

	@Test
	void theJavaScriptClientDoesWhatItsGuideSays(@TempDir Path folder) throws Exception {
		Path output = folder.resolve("node.txt");
		ProcessBuilder node = new ProcessBuilder("node",
				Snippet.SOURCES.resolve("JavascriptClientGuide.mjs").toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		node.environment().put("NANO_PORT", String.valueOf(this.gamePort));
		Process process = node.start();
		try {
			assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("node ends").isTrue();
			assertThat(process.exitValue()).as(Files.readString(output)).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

}
