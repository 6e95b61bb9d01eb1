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
 * A member of the chat with a client that runs in Node: one of the pomelo family as
 * published on npm, or that of this project.
 */
final class WildVisitor implements AutoCloseable {

	private final Process node;

	private final PrintStream words;

	/** Name and words of each message, with a colon between them. */
	private final Queue<String> heard = new ConcurrentLinkedQueue<>();

	/**
	 * Joins a room.
	 * @param client a file of {@code wild-clients/clients}, without its ending
	 * @param port of the game
	 * @param name of the member
	 * @param room to join
	 */
	WildVisitor(String client, int port, String name, String room) {
		try {
			this.node = new ProcessBuilder("node", "visitor.cjs", client, String.valueOf(port), name, room)
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
