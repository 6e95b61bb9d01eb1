package io.nanogame.cli.repl;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.nanogame.cli.input.Payload;
import io.nanogame.cli.input.Server;
import io.nanogame.cli.input.TimeSpan;
import io.nanogame.client.ClientState;
import io.nanogame.client.ErrorResponseException;
import io.nanogame.client.NanoClient;
import io.nanogame.client.NanoClientException;
import io.nanogame.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * The commands of an interactive session. Confined to the thread that reads the lines.
 */
final class Commands {

	static final List<String> NAMES = List.of("request", "notify", "on", "off", "state", "help", "quit");

	static final Set<String> WITH_ROUTE = Set.of("request", "notify", "on", "off");

	private static final String HELP = """
			request ROUTE [JSON]   send a request and wait for the response
			notify ROUTE [JSON]    send a notification
			on ROUTE               show the pushes of a route
			off [ROUTE]            stop showing them; without a route, those of all routes
			state                  show the state of the connection
			quit                   or Ctrl-D""";

	private final NanoClient client;

	private final Screen screen;

	private final Map<String, Disposable> listening = new TreeMap<>();

	Commands(NanoClient client, Screen screen) {
		this.client = client;
		this.screen = screen;
	}

	/**
	 * Runs a command.
	 * @return false to end the session
	 */
	boolean run(String line) {
		String[] words = line.strip().split("\\s+", 3);
		String route = (words.length > 1) ? words[1] : null;
		String json = (words.length > 2) ? words[2] : null;
		try {
			switch (words[0]) {
				case "" -> {
					// An empty line is no command.
				}
				case "request" -> request(required(route, "request ROUTE [JSON]"), json);
				case "notify" -> this.client.notify(required(route, "notify ROUTE [JSON]"), Payload.parse(json));
				case "on" -> on(required(route, "on ROUTE"));
				case "off" -> off(route);
				case "state" -> state();
				case "help" -> this.screen.print(HELP);
				case "quit", "exit" -> {
					return false;
				}
				default -> this.screen.error("There is no command '%s'. Try help".formatted(words[0]));
			}
		}
		catch (NanoClientException | ProtocolException | IllegalArgumentException ex) {
			this.screen.error(Server.explain(ex));
		}
		return true;
	}

	private static String required(@Nullable String route, String form) {
		if (route == null) {
			throw new IllegalArgumentException("A route is missing: " + form);
		}
		return route;
	}

	private void request(String route, @Nullable String json) {
		byte[] body = Payload.parse(json);
		long start = System.nanoTime();
		try {
			byte[] response = this.client.call(route, body, byte[].class);
			this.screen
				.print("%s%n%s".formatted(Payload.show((response != null) ? response : new byte[0]), since(start)));
		}
		catch (ErrorResponseException ex) {
			this.screen.error("%s%n%s".formatted(Payload.show(ex.body()), since(start)));
		}
	}

	private static String since(long start) {
		return "(" + TimeSpan.format(Duration.ofNanos(System.nanoTime() - start)) + ")";
	}

	private void on(String route) {
		this.listening.computeIfAbsent(route, (key) -> this.client.on(key, byte[].class,
				(push) -> this.screen.event("%s: %s".formatted(key, Payload.show(push)))));
		this.screen.print("Pushes to %s are shown".formatted(route));
	}

	private void off(@Nullable String route) {
		if (route == null) {
			this.listening.values().forEach(Disposable::dispose);
			this.listening.clear();
			return;
		}
		Disposable listener = this.listening.remove(route);
		if (listener == null) {
			throw new IllegalArgumentException("Pushes to %s were not shown; those shown are: %s".formatted(route,
					String.join(" ", this.listening.keySet())));
		}
		listener.dispose();
	}

	private void state() {
		this.screen.print(describe(this.client.state()));
		if (!this.listening.isEmpty()) {
			this.screen.print("Pushes shown: " + String.join(" ", this.listening.keySet()));
		}
	}

	static String describe(ClientState state) {
		String reason = (state.reason() != null) ? Server.explain(state.reason()) : "";
		return switch (state.phase()) {
			case NEW, CONNECTING -> "Connecting";
			case OPEN -> "Connected";
			case RESUMED -> "Connected, with the same session";
			case LOST -> "The session is lost: " + reason;
			case WAITING, RESUMING -> "%s. Next attempt in %s".formatted(reason, TimeSpan.format(state.delay()));
			case CLOSED -> "Closed: " + reason;
		};
	}

}
