package io.nanogame.cli.repl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.nanogame.cli.Game;
import io.nanogame.cli.input.Server;
import io.nanogame.client.Backoff;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/** A terminal without a person: types, and reads what is on the screen. */
final class Conversation implements AutoCloseable {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final PipedOutputStream keys = new PipedOutputStream();

	private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

	private final Terminal terminal;

	private final CompletableFuture<Boolean> result = new CompletableFuture<>();

	private int from;

	private Conversation(boolean dumb) throws IOException {
		PipedInputStream in = new PipedInputStream(this.keys, 64 * 1024);
		this.terminal = dumb ? new DumbTerminal("test", Terminal.TYPE_DUMB, in, this.screen, StandardCharsets.UTF_8)
				: new ExternalTerminal("test", "xterm", in, this.screen, StandardCharsets.UTF_8);
	}

	static Conversation with(Game game, Path history) throws IOException {
		return new Conversation(true).start(game, history, null, false);
	}

	static Conversation showingTheWire(Game game, Path history) throws IOException {
		return new Conversation(true).start(game, history, null, true);
	}

	/** At a terminal that can do more, so that keys such as TAB do something. */
	static Conversation withKeys(Game game, Path history, @Nullable URI actuator) throws IOException {
		return new Conversation(false).start(game, history, actuator, false);
	}

	private Conversation start(Game game, Path history, @Nullable URI actuator, boolean wire) {
		Thread thread = new Thread(() -> {
			try {
				Repl repl = new Repl(this.terminal, history);
				if (actuator != null) {
					repl.completeRoutesOf(actuator);
				}
				this.result.complete(repl.run(
						Server.of(game.address(), null)
							.client()
							.reconnect(new Backoff(Duration.ofMillis(10), Duration.ofMillis(50))),
						game.address(), wire));
			}
			catch (RuntimeException ex) {
				this.result.completeExceptionally(ex);
			}
		}, "conversation");
		thread.setDaemon(true);
		thread.start();
		return this;
	}

	void type(String text) {
		try {
			this.keys.write(text.getBytes(StandardCharsets.UTF_8));
			this.keys.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void endInput() throws IOException {
		this.keys.close();
	}

	/** Waits until the words are on the screen, behind what was seen before. */
	void sees(String words) {
		await("the screen to show " + words).atMost(SOON)
			.failFast("the conversation is over:\n" + this.result, () -> this.result.isCompletedExceptionally())
			.until(() -> text().indexOf(words, this.from) >= 0);
		this.from = text().indexOf(words, this.from) + words.length();
	}

	String text() {
		return this.screen.toString(StandardCharsets.UTF_8);
	}

	CompletableFuture<Boolean> result() {
		return this.result;
	}

	@Override
	public void close() throws IOException {
		endInput();
		this.terminal.close();
	}

}
