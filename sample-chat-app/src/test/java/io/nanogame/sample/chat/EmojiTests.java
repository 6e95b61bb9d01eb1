package io.nanogame.sample.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.nanogame.client.NanoClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Tests clients whose codecs encode characters above U+FFFF differently: each reads the
 * messages of all others.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "nano.server.port=0")
class EmojiTests {

	private static final String ROOM = "emoji";

	private static final List<String> CLIENTS = List.of("pomelo-jsclient-websocket", "pomelo-cocos2d-js",
			"pomelo-nodejsclient-websocket", "pinus-robot-plugin", "nano-client-js");

	@Value("${local.nano.port}")
	private int gamePort;

	@Test
	void allClientsReadTheEmojisOfAllOthers() {
		List<WildVisitor> visitors = new ArrayList<>();
		Queue<String> received = new ConcurrentLinkedQueue<>();
		try (NanoClient java = NanoClient.builder("tcp://127.0.0.1:" + this.gamePort).build()) {
			CLIENTS.forEach((client) -> visitors.add(new WildVisitor(client, this.gamePort, client, ROOM)));
			visitors.forEach(WildVisitor::awaitJoined);
			java.on("onMessage", ChatMessage.class,
					(message) -> received.add(message.name() + ": " + message.content()));
			java.connect().block();
			java.call("room.join", new JoinRequest("java", ROOM), JoinResponse.class);

			List<String> sent = new ArrayList<>();
			java.notify("room.message", new ChatMessage("java", content("java")));
			sent.add("java: " + content("java"));
			for (int i = 0; i < CLIENTS.size(); i++) {
				visitors.get(i).send(content(CLIENTS.get(i)));
				sent.add(CLIENTS.get(i) + ": " + content(CLIENTS.get(i)));
			}
			visitors.forEach((visitor) -> sent.forEach(visitor::awaitReceived));
			Awaitility.await().until(() -> received.containsAll(sent));
		}
		finally {
			visitors.forEach(WildVisitor::close);
		}
	}

	private static String content(String client) {
		return "a\uD83D\uDE00b \uDBFF\uDFFF from " + client;
	}

}
