package io.nanogame.cli.repl;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

import io.nanogame.cli.input.Server;
import io.nanogame.cli.input.TimeSpan;
import io.nanogame.client.ClientState;
import io.nanogame.client.ClientState.Phase;
import io.nanogame.client.NanoClient;
import io.nanogame.client.NanoClientBuilder;
import io.nanogame.client.NanoClientException;
import io.nanogame.protocol.HandshakeResponse;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Reads a line, does what it says, and so on, while pushes and the connection's fate are
 * told in between.
 */
public final class Repl {

	private final LineCompleter completer = new LineCompleter();

	private final LineReader reader;

	private final Screen screen;

	/**
	 * Prepares a terminal.
	 * @param terminal remains the caller's
	 * @param history where the lines typed are kept for the next time
	 */
	public Repl(Terminal terminal, Path history) {
		// JSON has its own quotes, and words that begin with ! are nothing special.
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
	 * Offers the routes of an app for completion. When it does not tell them, the
	 * terminal says why, and nothing else happens.
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
	 * Connects, and converses until whoever types has had enough.
	 * @param builder of the client
	 * @param url for the eyes only
	 * @param wire whether to show packets
	 * @return whether there was a connection
	 */
	public boolean run(NanoClientBuilder builder, String url, boolean wire) {
		if (wire) {
			builder.wireTap(new WireView(this.screen::wire));
		}
		try (NanoClient client = builder.build()) {
			if (!connect(client, url)) {
				return false;
			}
			Disposable telling = client.states()
				.skip(1)
				.filter((state) -> state.phase() != Phase.CONNECTING)
				.subscribe(this::tell);
			readLines(new Commands(client, this.screen), client);
			telling.dispose();
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
		this.completer.add(handshake.dictionary().asMap().keySet());
		this.screen.say(String.format(Locale.ROOT, "Connected to %s in %s: heartbeat %d s, %s, %d routes have codes",
				url, TimeSpan.format(time), handshake.heartbeatSeconds(),
				handshake.serializer().isEmpty() ? "serializer unknown" : handshake.serializer(),
				handshake.dictionary().asMap().size()));
		if (handshake.user() != null) {
			this.screen.say("The server says: " + handshake.user());
		}
	}

	private void tell(ClientState state) {
		if (state.phase() == Phase.OPEN) {
			this.screen.news("Connected again; what the server knew of us is gone");
		}
		else {
			this.screen.error(Commands.describe(state));
		}
	}

	private void readLines(Commands commands, NanoClient client) {
		boolean more = true;
		while (more) {
			try {
				String prompt = (client.state().phase() == Phase.OPEN) ? "nano> " : "nano (not connected)> ";
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
