package io.nanogame.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.nanogame.protocol.Message;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server's side of a connection whose client uses rooms. The bodies of tests have
 * apostrophes for quotation marks.
 */
final class RoomLink {

	static final String INFO = "{'room':'r1','kind':'arena','players':1,'seats':4,'locked':false}";

	private final ServerLink link;

	RoomLink(ServerLink link) {
		this.link = link;
	}

	/** Reads the next message, which must be one to a route, and returns it. */
	Message read(String route) throws IOException {
		Message message = this.link.readMessage();
		assertThat(message.route()).isEqualTo(route);
		return message;
	}

	/** Answers the next message, which must be a request to a route; returns its body. */
	String answer(String route, String body) throws IOException {
		Message request = read(route);
		respond(request, body);
		return body(request);
	}

	/** Answers the next message, a join, after the whole state. */
	String answerJoin(String room, long version, String state) throws IOException {
		Message join = read("arena.join");
		whole(room, version, state);
		respond(join, "{'welcome':true}");
		return body(join);
	}

	void respond(Message request, String body) throws IOException {
		this.link.respond(request, json(body));
	}

	void whole(String room, long version, String state) throws IOException {
		state("{'kind':'arena','room':'%s','version':%d,'state':%s}".formatted(room, version, state));
	}

	void patch(String room, long version, String patch) throws IOException {
		state("{'kind':'arena','room':'%s','version':%d,'patch':%s}".formatted(room, version, patch));
	}

	void state(String body) throws IOException {
		this.link.push("room.state", json(body));
	}

	void left(String room, String reason, String message) throws IOException {
		this.link.push("room.left",
				json("{'kind':'arena','room':'%s','reason':'%s','message':'%s'}".formatted(room, reason, message)));
	}

	/** Returns when the client has received everything that was sent before. */
	void awaitReceived(NanoClient client) throws IOException {
		var received = client.request("all.received", null, Void.class).toFuture();
		answer("all.received", "{}");
		assertThat(received).succeedsWithin(ResumeTests.TIMEOUT);
	}

	private static String body(Message message) {
		return new String(message.body(), StandardCharsets.UTF_8).replace('"', '\'');
	}

	private static String json(String text) {
		return text.replace('\'', '"');
	}

}
