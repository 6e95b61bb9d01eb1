package io.nanogame.boot.autoconfigure;

import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;

/**
 * A component for most tests.
 */
@GameComponent("room")
public class Room {

	@Handler
	Greeting greet(Session session, Name name) {
		return new Greeting("Hello " + name.name());
	}

	@Handler
	Worker worker() {
		Thread thread = Thread.currentThread();
		return new Worker(thread.getName());
	}

	public record Name(String name) {
	}

	public record Greeting(String words) {
	}

	public record Worker(String thread) {
	}

}
