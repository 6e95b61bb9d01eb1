package io.nanogame.sample.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;

/**
 * Somebody in the chat with a pomelo client as published on npm, in Node.
 */
final class WildVisitor implements AutoCloseable {

	private final Process node;

	private final PrintStream words;

	/** Name and words of each message, with a colon between them. */
	private final Queue<String> heard = new ConcurrentLinkedQueue<>();

	WildVisitor(int port, String name, String room) {
		try {
			this.node = new ProcessBuilder("node", "visitor.cjs", String.valueOf(port), name, room)
				.directory(Path.of("src/test/wild-clients").toFile())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Node.js is needed; run ./scripts/test", ex);
		}
		this.words = new PrintStream(this.node.getOutputStream(), true, StandardCharsets.UTF_8);
		BufferedReader reader = this.node.inputReader(StandardCharsets.UTF_8);
		Thread listening = new Thread(() -> reader.lines().forEach(this.heard::add), "visitor");
		listening.setDaemon(true);
		listening.start();
	}

	void say(String message) {
		this.words.println(message);
	}

	void awaitJoined() {
		awaitHeard("joined");
	}

	void awaitHeard(String message) {
		Awaitility.await(message).until(() -> this.heard.contains(message));
	}

	void leave() {
		this.node.destroyForcibly();
	}

	@Override
	public void close() {
		leave();
	}

}
