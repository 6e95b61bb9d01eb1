package io.nanogame.docs;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

import io.nanogame.group.Groups;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawWebSocketClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests the guides of sessions, groups, lanes, interceptors, connections, the web port,
 * the Actuator and the JavaScript client.
 */
class GuidesTests extends RunningGuides {

	@Autowired
	private Groups groups;

	@Test
	void aSecondLoginKicksTheFirstSession() {
		try (RawClient first = guest(); RawClient second = guest()) {
			assertThat(ask(first, "account.login", "{\"uid\":\"twice\"}")).isEqualTo("{}");
			assertThat(ask(second, "account.login", "{\"uid\":\"twice\"}")).isEqualTo("{}");
			assertThat(first.readKick()).isEqualTo("{\"reason\":\"logged in elsewhere\"}");
		}
	}

	@Test
	void rawWebSocketsAreEchoed(@Value("${local.nano.listeners.sockets.port}") int port) {
		try (RawWebSocketClient client = (RawWebSocketClient) RawClient.webSocket(port, "/")) {
			assertThat(client.readTextMessage()).startsWith("Welcome, number ");
			client.sendFrame(0x81, "hello".getBytes(StandardCharsets.UTF_8));
			assertThat(client.readTextMessage()).isEqualTo("hello");
			client.sendFrame(0x82, new byte[] { 0, 1 });
			assertThat(client.receiveFrame().payload()).containsExactly(0, 1);
			client.sendFrame(0x81, new byte[0]);
			assertThat(client.receiveFrame().payload()).startsWith(4000 >> 8, 4000 & 0xFF);
		}
	}

	@Test
	void aListenerRefusesAUid() {
		try (RawClient client = guest()) {
			assertThat(ask(client, "account.login", "{\"uid\":\"banned-bob\"}"))
				.isEqualTo("{\"code\":403,\"msg\":\"you are banned\"}");
			assertThat(ask(client, "account.login", "{\"uid\":\"guest\"}")).isEqualTo("{}");
			assertThat(ask(client, "account.login", "{\"uid\":\"bob\"}")).isEqualTo("{}");
		}
	}

	@Test
	void sessionsKeepAttributesAndArePushedTo() {
		try (RawClient ann = RawClient.tcp(gamePort()); RawClient admin = player("admin")) {
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
	void membersOfATeamReceiveItsMessages() {
		try (RawClient ann = player("Ann"); RawClient bob = player("Bob")) {
			assertThat(ask(ann, "team.join", "{\"name\":\"blue\"}")).isEqualTo("[\"Ann\"]");
			assertThat(ask(bob, "team.join", "{\"name\":\"blue\"}")).isEqualTo("[\"Ann\",\"Bob\"]");
			assertThat(ann.readPush("onJoin")).matches("[0-9]+");
			ann.notify("team.whisper", "\"psst\"");
			ann.notify("team.shout", "\"hey\"");
			assertThat(bob.readPush("onWhisper")).isEqualTo("\"psst\"");
			assertThat(ann.readData().payload()).isEqualTo("\"hey\"");
			assertThat(ask(ann, "team.join", "{\"name\":\"red\"}"))
				.isEqualTo("{\"code\":409,\"msg\":\"leave your team first\"}");
			assertThat(ask(bob, "team.leave", "")).isEqualTo("{}");
			assertThat(this.groups.find("team/blue")).isPresent();
		}
		await().until(() -> this.groups.find("team/blue").isEmpty());
	}

	@Test
	void theLobbyShowsItsMembers() {
		try (RawClient ann = player("Ann")) {
			ann.notify("lobby.enter", "");
			assertThat(ann.readPush("onPresent")).isEqualTo("[\"Ann\"]");
			try (RawClient bob = player("Bob")) {
				bob.notify("lobby.enter", "");
				assertThat(ann.readPush("onPresent")).contains("Ann", "Bob");
			}
			assertThat(ann.readPush("onPresent")).isEqualTo("[\"Ann\"]");
			assertThat(ask(ann, "lobby.enter", "")).isEqualTo("{\"code\":409,\"msg\":\"a member already\"}");
		}
	}

	@Test
	void aPartyIsCreatedOnce() {
		try (RawClient ann = player("Ann")) {
			assertThat(ask(ann, "party.invite", "\"tea\"")).isEqualTo("{}");
			assertThat(ask(ann, "party.invite", "\"tea\""))
				.isEqualTo("{\"code\":409,\"msg\":\"there is such a group already\"}");
			ann.notify("party.talk", "{\"party\":\"tea\",\"text\":\"hello\"}");
			assertThat(ann.readPush("onTalk")).isEqualTo("\"hello\"");
			this.groups.find("tea").orElseThrow().close();
			assertThat(ask(ann, "party.talk", "{\"party\":\"tea\",\"text\":\"hello\"}"))
				.isEqualTo("{\"code\":404,\"msg\":\"no such party\"}");
		}
	}

	@Test
	void lanesRunOneMessageAfterTheOther() {
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
	void timersFire() {
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
	void interceptorsRejectAndReplace() {
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
		try (RawClient old = RawClient.tcp(gamePort()); RawClient stranger = RawClient.tcp(gamePort())) {
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
		try (RawClient client = RawClient.webSocket(webPort(), "/nano").handshake()) {
			assertThat(ask(client, "greeting.greet", "{\"name\":\"Ann\"}")).isEqualTo("{\"text\":\"Hello Ann\"}");
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
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webPort() + path)).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

	@Test
	void theJavaScriptClientRunsItsGuide() throws Exception {
		NodeProgram.run("JavascriptClientGuide.mjs", gamePort());
	}

}
