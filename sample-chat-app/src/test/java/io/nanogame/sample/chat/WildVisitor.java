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
 * A member of the chat with a client in Node: an npm client of the pomelo family, or that
 * of this project.
 */
final class WildVisitor implements AutoCloseable {

	private final Process node;

	private final PrintStream input;

	/** The received messages: name and text, separated by a colon. */
	private final Queue<String> received = new ConcurrentLinkedQueue<>();

	/**
	 * Joins a room.
	 * @param client a file of {@code wild-clients/clients}, without its extension
	 * @param port the game port
	 * @param name the name of the member
	 * @param room the room to join
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
		this.input = new PrintStream(this.node.getOutputStream(), true, StandardCharsets.UTF_8);
		BufferedReader reader = this.node.inputReader(StandardCharsets.UTF_8);
		Thread listening = new Thread(() -> reader.lines().forEach(this.received::add), "visitor");
		listening.setDaemon(true);
		listening.start();
	}

	void send(String message) {
		this.input.println(message);
	}

	void awaitJoined() {
		awaitReceived("joined");
	}

	void awaitReceived(String message) {
		Awaitility.await(message).until(() -> this.received.contains(message));
	}

	void leave() {
		this.node.destroyForcibly();
	}

	@Override
	public void close() {
		leave();
	}

}
