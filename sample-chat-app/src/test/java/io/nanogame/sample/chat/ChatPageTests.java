package io.nanogame.sample.chat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the chat page with two browsers.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "nano.server.port=0")
class ChatPageTests {

	@Value("http://127.0.0.1:${local.server.port}/")
	private String url;

	private Browser ann;

	private Browser bob;

	@BeforeEach
	void open() {
		this.ann = new Browser().open(this.url);
		this.bob = new Browser().open(this.url);
	}

	@AfterEach
	void close() {
		this.ann.close();
		this.bob.close();
	}

	@Test
	void twoUsersChatAndOneReloadsThePage() throws Exception {
		this.ann.join("Ann", "lobby");
		this.bob.join("Bob", "lobby");
		this.ann.awaitText("messages", "Bob has joined");
		assertThat(this.ann.members()).containsExactlyInAnyOrder("Ann", "Bob");
		assertThat(this.bob.members()).containsExactlyInAnyOrder("Ann", "Bob");

		this.ann.send("Hello Bob, <b>is this bold</b>?");
		this.bob.awaitText("messages", "Hello Bob, <b>is this bold</b>?");
		this.bob.send("No, it is safe.");
		this.ann.awaitText("messages", "No, it is safe.");
		assertThat(this.ann.authors()).containsExactly("Ann", "Bob");

		this.bob.reload();
		this.bob.awaitState("connected");
		this.ann.awaitText("messages", "Bob has left");
		this.ann.await("Bob is back", (page) -> page.members().contains("Bob"));
		this.bob.send("Here I am again.");
		this.ann.awaitText("messages", "Here I am again.");
		this.ann.awaitText("traffic", "Messages of the server");
		Files.write(Path.of("target/chat.png"), this.ann.screenshot());
	}

	@Test
	void messagesStayInTheirRoomAndAMemberWhoLeavesIsKicked() {
		this.ann.join("Ann", "north");
		this.bob.join("Bob", "south");
		assertThat(this.bob.members()).containsExactly("Bob");
		this.ann.send("only for the north");
		this.ann.awaitText("messages", "only for the north");
		this.bob.send("only for the south");
		this.bob.awaitText("messages", "only for the south");
		assertThat(this.bob.messages()).doesNotContain("only for the north");
		this.bob.click("leave");
		this.bob.awaitState("kicked");
		assertThat(this.bob.text("state")).contains("left the room");
	}

}
