package io.nanogame.benchmarks.server;

import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.NonBlocking;

import org.springframework.context.annotation.Profile;

/** The same reply from three kinds of handlers. */
@Profile("!gate")
@GameComponent("echo")
class EchoComponent {

	record Chat(String name, String text) {
	}

	/** Runs in the session's order, as a handler that may block. */
	@Handler
	Chat lane(Chat chat) {
		return chat;
	}

	@Handler
	@NonBlocking
	Chat json(Chat chat) {
		return chat;
	}

	@Handler
	@NonBlocking
	byte[] raw(byte[] body) {
		return body;
	}

}
