package io.nanogame.sample.chat;

import java.util.List;
import java.util.function.Predicate;

import io.nanogame.test.Chromium;

/**
 * A browser with the chat page.
 */
final class Browser extends Chromium {

	Browser open(String url) {
		get(url);
		return this;
	}

	Browser join(String name, String room) {
		type("name", name);
		type("room", room);
		click("join");
		awaitState("connected");
		return this;
	}

	void send(String text) {
		type("message", text);
		click("send");
	}

	List<String> members() {
		return texts("#members li");
	}

	List<String> authors() {
		return texts("#messages li .author");
	}

	List<String> messages() {
		return texts("#messages li .text");
	}

	void await(String what, Predicate<Browser> condition) {
		await(what, () -> condition.test(this));
	}

}
