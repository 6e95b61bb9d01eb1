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
import java.util.function.BooleanSupplier;

import io.nanogame.cli.Game;
import io.nanogame.cli.input.LengthIds;
import io.nanogame.cli.input.Server;
import io.nanogame.client.Backoff;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/** An interactive session whose keys the test types and whose screen it reads. */
final class TerminalSession implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final PipedOutputStream keys = new PipedOutputStream();

	private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

	private final Terminal terminal;

	private final CompletableFuture<Boolean> result = new CompletableFuture<>();

	private int from;

	private TerminalSession(boolean dumb) throws IOException {
		PipedInputStream in = new PipedInputStream(this.keys, 64 * 1024);
		this.terminal = dumb ? new DumbTerminal("test", Terminal.TYPE_DUMB, in, this.screen, StandardCharsets.UTF_8)
				: new ExternalTerminal("test", "xterm", in, this.screen, StandardCharsets.UTF_8);
	}

	static TerminalSession with(Game game, Path history) throws IOException {
		return new TerminalSession(true).start(game, history, null, false);
	}

	static TerminalSession showingPackets(Game game, Path history) throws IOException {
		return new TerminalSession(true).start(game, history, null, true);
	}

	/** Starts a session that shows packets of the protocol length-id. */
	static TerminalSession showingLengthId(Game game, Path history) throws IOException {
		TerminalSession session = new TerminalSession(true);
		Server server = Server.of(game.address(), null).withLengthIds(new LengthIds(Game.IDS, Game.ERROR_ID));
		Repl repl = new Repl(session.terminal, history);
		repl.useLengthId(Game.IDS.keySet());
		return session.start(() -> repl.run(server.client(), game.address(), true));
	}

	/** Starts a session at a terminal that supports keys such as TAB. */
	static TerminalSession withKeys(Game game, Path history, @Nullable URI actuator) throws IOException {
		return new TerminalSession(false).start(game, history, actuator, false);
	}

	private TerminalSession start(Game game, Path history, @Nullable URI actuator, boolean wire) {
		return start(() -> {
			Repl repl = new Repl(this.terminal, history);
			if (actuator != null) {
				repl.completeRoutesOf(actuator);
			}
			return repl.run(Server.of(game.address(), null)
				.client()
				.reconnect(new Backoff(Duration.ofMillis(10), Duration.ofMillis(50))), game.address(), wire);
		});
	}

	private TerminalSession start(BooleanSupplier session) {
		Thread thread = new Thread(() -> {
			try {
				this.result.complete(session.getAsBoolean());
			}
			catch (RuntimeException ex) {
				this.result.completeExceptionally(ex);
			}
		}, "session");
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

	/** Waits until the screen shows a text after those that were awaited before. */
	void awaitText(String text) {
		await("the screen to show " + text).atMost(TIMEOUT)
			.failFast("the session has ended:\n" + this.result, () -> this.result.isCompletedExceptionally())
			.until(() -> text().indexOf(text, this.from) >= 0);
		this.from = text().indexOf(text, this.from) + text.length();
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
