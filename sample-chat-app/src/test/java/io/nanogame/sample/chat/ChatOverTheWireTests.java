package io.nanogame.sample.chat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import io.nanogame.group.Groups;
import io.nanogame.session.Sessions;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The chat as clients of any kind see it: on the game port over TCP and WebSocket, and on
 * the web app's own port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "nano.server.port=0")
class ChatOverTheWireTests {

	@Value("${local.nano.port}")
	private int gamePort;

	@Value("${local.server.port}")
	private int webPort;

	@Autowired
	private Groups groups;

	@Autowired
	private Sessions sessions;

	private List<RawClient> oneOfEachKind() {
		return List.of(RawClient.tcp(this.gamePort), RawClient.webSocket(this.gamePort, "/"),
				RawClient.webSocket(this.webPort, "/nano"));
	}

	@Test
	void aNewMemberReceivesTheMembersAndTheOthersAreNotified() {
		for (RawClient ann : oneOfEachKind()) {
			try (ann; RawClient bob = RawClient.webSocket(this.webPort, "/nano")) {
				join(ann, "Ann", "tea");
				assertThat(bob.handshake()
					.request(1, "room.join", "{\"name\":\"Bob\",\"room\":\"tea\"}")
					.readPush("onMembers")).isEqualTo("{\"members\":[\"Ann\"]}");
				assertThat(bob.readResponse(1)).isEqualTo("{\"code\":0,\"result\":\"success\"}");
				assertThat(ann.readPush("onNewUser")).isEqualTo("{\"content\":\"Bob has joined\",\"name\":\"Bob\"}");
				ann.notify("room.message", "{\"name\":\"Ann\",\"content\":\"hello\"}");
				for (RawClient listener : List.of(ann, bob)) {
					assertThat(listener.readPush("onMessage")).isEqualTo("{\"name\":\"Ann\",\"content\":\"hello\"}");
				}
				bob.reset();
				assertThat(ann.readPush("onUserLeft")).isEqualTo("{\"content\":\"Bob has left\",\"name\":\"Bob\"}");
			}
			await().until(() -> this.sessions.count() == 0 && this.groups.count() == 0);
		}
	}

	@Test
	void nanosOwnPageJoinsWithNothingAndNamesItselfInEachMessage() {
		try (RawClient page = RawClient.webSocket(this.gamePort, "/nano")) {
			page.handshake().request(1, "room.join", "");
			assertThat(page.readResponse(1)).isEqualTo("{\"code\":0,\"result\":\"success\"}");
			page.notify("room.message", "{\"name\":\"guest42\",\"content\":\"hi\"}");
			assertThat(page.readPush("onMessage")).isEqualTo("{\"name\":\"guest42\",\"content\":\"hi\"}");
		}
	}

	@Test
	void whoJoinedByNameCannotSpeakUnderAnother() {
		try (RawClient ann = RawClient.tcp(this.gamePort)) {
			join(ann, "Ann", "masks");
			ann.notify("room.message", "{\"name\":\"Admin\",\"content\":\"obey\"}");
			assertThat(ann.readPush("onMessage")).isEqualTo("{\"name\":\"Ann\",\"content\":\"obey\"}");
		}
	}

	@Test
	void roomsAreSeparate() {
		try (RawClient ann = RawClient.tcp(this.gamePort); RawClient bob = RawClient.tcp(this.gamePort)) {
			join(ann, "Ann", "one");
			join(bob, "Bob", "two");
			ann.notify("room.message", "{\"content\":\"only here\"}");
			ann.readPush("onMessage");
			bob.notify("room.message", "{\"content\":\"my own\"}");
			assertThat(bob.readPush("onMessage")).contains("my own");
		}
	}

	@Test
	void whatIsNotFitIsAnsweredWith400() {
		try (RawClient client = RawClient.tcp(this.gamePort).handshake()) {
			client.request(1, "room.join", "{\"name\":\"" + "n".repeat(65) + "\"}");
			assertThat(client.readResponse(1)).contains("\"code\":400", "name").doesNotContain("nnn");
			client.request(2, "room.join", "[");
			assertThat(client.readResponse(2)).contains("\"code\":400");
			client.request(3, "room.join", "{\"name\":{}}");
			assertThat(client.readResponse(3)).contains("\"code\":400");
			client.request(4, "room.message", "{\"content\":\"to nobody\"}");
			assertThat(client.readResponse(4)).isEqualTo("{\"code\":409,\"msg\":\"join a room first\"}");
		}
	}

	@Test
	void aPlayerThatLeavesIsKicked() {
		try (RawClient client = RawClient.webSocket(this.webPort, "/nano")) {
			join(client, "Ann", "door");
			client.request(2, "room.leave", "{}");
			assertThat(client.readKick()).isEqualTo("{\"reason\":\"left the room\"}");
		}
		await().until(() -> this.groups.find("room/door").isEmpty());
	}

	@Test
	void theActuatorTellsCountsAndRoutesButNoNames() throws Exception {
		await("clients of other tests have gone").until(() -> this.sessions.count() == 0);
		try (RawClient client = RawClient.tcp(this.gamePort)) {
			join(client, "Methuselah", "attic");
			assertThat(get("/actuator/nano")).contains("\"room.join\"", "\"room.message\"", "\"tcp\"")
				.doesNotContain("Methuselah", "attic");
			assertThat(get("/actuator/health")).contains("\"nano\":{\"status\":\"UP\"");
			String metrics = get("/actuator/prometheus");
			assertThat(metrics).containsPattern("nano_connections\\{.*transport=\"tcp\".*} 1\\.0")
				.containsPattern("nano_messages_received_total\\{.*type=\"request\".*} [1-9]")
				.containsPattern("nano_messages_sent_total\\{.*type=\"push\".*} [1-9]")
				.containsPattern("nano_bytes_received_total(\\{.*})? [1-9]")
				.containsPattern("nano_handler_seconds_count\\{.*outcome=\"success\".*route=\"room.join\".*} [1-9]")
				.containsPattern("chat_messages_received_total(\\{.*})? [1-9]")
				.doesNotContain("Methuselah", "attic");
		}
	}

	private String get(String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.webPort + path)).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

	private static void join(RawClient client, String name, String room) {
		client.handshake().request(1, "room.join", "{\"name\":\"%s\",\"room\":\"%s\"}".formatted(name, room));
		assertThat(client.readResponse(1)).isEqualTo("{\"code\":0,\"result\":\"success\"}");
	}

}
