package io.nanogame.cli.repl;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

import io.nanogame.cli.input.Server;
import io.nanogame.cli.input.TimeSpan;
import io.nanogame.client.ClientState.Phase;
import io.nanogame.client.ClientState;
import io.nanogame.client.NanoClient;
import io.nanogame.client.NanoClientBuilder;
import io.nanogame.client.NanoClientException;
import io.nanogame.protocol.HandshakeResponse;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Reads and runs commands in a loop. Pushes and changes of the connection are printed in
 * between.
 */
public final class Repl {

	private final LineCompleter completer = new LineCompleter();

	private final LineReader reader;

	private final Screen screen;

	/** Whether packets have no types, and there is no handshake. */
	private boolean lengthId;

	/**
	 * Creates a session at a terminal.
	 * @param terminal owned, and closed, by the caller
	 * @param history the file that keeps the typed lines for the next session
	 */
	public Repl(Terminal terminal, Path history) {
		// JSON has its own quotes, and ! has no special meaning.
		this.reader = LineReaderBuilder.builder()
			.terminal(terminal)
			.parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
			.completer(this.completer)
			.variable(LineReader.HISTORY_FILE, history)
			.option(Option.DISABLE_EVENT_EXPANSION, true)
			.build();
		this.screen = new Screen(this.reader);
	}

	/**
	 * Adds the routes of an app to the completion. A failure is printed and has no
	 * further effect.
	 * @param actuator such as {@code http://localhost:8080/actuator}
	 */
	public void completeRoutesOf(URI actuator) {
		try {
			this.completer.add(ActuatorRoutes.read(actuator));
		}
		catch (IOException ex) {
			this.screen.error("The app's routes are not known: " + Server.explain(ex));
		}
	}

	/**
	 * Prepares for a server of the protocol {@code length-id}.
	 * @param routes completed; those that have ids
	 */
	public void useLengthId(Collection<String> routes) {
		this.lengthId = true;
		this.completer.add(routes);
	}

	/**
	 * Connects, and runs commands until the user quits.
	 * @param builder builds the client
	 * @param url only printed
	 * @param wire whether to show packets
	 * @return whether the client was connected
	 */
	public boolean run(NanoClientBuilder builder, String url, boolean wire) {
		if (wire) {
			builder.wireTap(new WireView(!this.lengthId, this.screen::wire));
		}
		try (NanoClient client = builder.build()) {
			if (!connect(client, url)) {
				return false;
			}
			Disposable stateUpdates = client.states()
				.skip(1)
				.filter((state) -> state.phase() != Phase.CONNECTING)
				.subscribe(this::showState);
			readLines(new Commands(client, this.screen), client);
			stateUpdates.dispose();
		}
		return true;
	}

	private boolean connect(NanoClient client, String url) {
		long start = System.nanoTime();
		Mono<HandshakeResponse> failure = client.states().mapNotNull(ClientState::reason).next().flatMap(Mono::error);
		try {
			HandshakeResponse handshake = Mono.firstWithSignal(client.connect(), failure).block();
			greet(handshake, url, Duration.ofNanos(System.nanoTime() - start));
			return true;
		}
		catch (NanoClientException ex) {
			this.screen.error(Server.explain(ex));
			return false;
		}
	}

	private void greet(HandshakeResponse handshake, String url, Duration time) {
		if (this.lengthId) {
			this.screen.print("Connected to %s in %s: length-id".formatted(url, TimeSpan.format(time)));
			return;
		}
		this.completer.add(handshake.dictionary().asMap().keySet());
		this.screen.print(String.format(Locale.ROOT, "Connected to %s in %s: heartbeat %d s, %s, %d routes have codes",
				url, TimeSpan.format(time), handshake.heartbeatSeconds(),
				handshake.serializer().isEmpty() ? "serializer unknown" : handshake.serializer(),
				handshake.dictionary().asMap().size()));
		if (handshake.user() != null) {
			this.screen.print("User data from the server: " + handshake.user());
		}
	}

	private void showState(ClientState state) {
		if (state.phase() == Phase.OPEN) {
			this.screen.event("Connected again, with a new session");
		}
		else if (state.phase() == Phase.RESUMED) {
			this.screen.event("Connected again, with the same session");
		}
		else {
			this.screen.error(Commands.describe(state));
		}
	}

	private void readLines(Commands commands, NanoClient client) {
		boolean more = true;
		while (more) {
			try {
				String prompt = client.state().isConnected() ? "nano> " : "nano (not connected)> ";
				more = commands.run(this.reader.readLine(prompt));
			}
			catch (UserInterruptException ex) {
				// Ctrl-C drops the line.
			}
			catch (EndOfFileException ex) {
				more = false;
			}
		}
	}

}
