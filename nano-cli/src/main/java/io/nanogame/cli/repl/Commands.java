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

/** What can be typed, and what it does. For the thread that reads the lines. */
final class Commands {

	static final List<String> NAMES = List.of("request", "notify", "on", "off", "state", "help", "quit");

	static final Set<String> WITH_ROUTE = Set.of("request", "notify", "on", "off");

	private static final String HELP = """
			request ROUTE [JSON]   ask, and wait for the answer
			notify ROUTE [JSON]    tell
			on ROUTE               show the pushes of a route from now on
			off [ROUTE]            show them no longer; without a route, none at all
			state                  how we are connected
			quit                   or Ctrl-D""";

	private final NanoClient client;

	private final Screen screen;

	private final Map<String, Disposable> listening = new TreeMap<>();

	Commands(NanoClient client, Screen screen) {
		this.client = client;
		this.screen = screen;
	}

	/**
	 * Does what a line says.
	 * @return whether to go on
	 */
	boolean run(String line) {
		String[] words = line.strip().split("\\s+", 3);
		String route = (words.length > 1) ? words[1] : null;
		String json = (words.length > 2) ? words[2] : null;
		try {
			switch (words[0]) {
				case "" -> {
					// An empty line asks for nothing.
				}
				case "request" -> request(needed(route, "request ROUTE [JSON]"), json);
				case "notify" -> this.client.notify(needed(route, "notify ROUTE [JSON]"), Payload.parse(json));
				case "on" -> on(needed(route, "on ROUTE"));
				case "off" -> off(route);
				case "state" -> state();
				case "help" -> this.screen.say(HELP);
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

	private static String needed(@Nullable String route, String form) {
		if (route == null) {
			throw new IllegalArgumentException("A route is missing: " + form);
		}
		return route;
	}

	private void request(String route, @Nullable String json) {
		byte[] body = Payload.parse(json);
		long start = System.nanoTime();
		try {
			byte[] answer = this.client.call(route, body, byte[].class);
			this.screen.say("%s%n%s".formatted(Payload.show((answer != null) ? answer : new byte[0]), since(start)));
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
				(push) -> this.screen.news("%s: %s".formatted(key, Payload.show(push)))));
		this.screen.say("Pushes to %s are shown".formatted(route));
	}

	private void off(@Nullable String route) {
		if (route == null) {
			this.listening.values().forEach(Disposable::dispose);
			this.listening.clear();
			return;
		}
		Disposable present = this.listening.remove(route);
		if (present == null) {
			throw new IllegalArgumentException("Pushes to %s were not shown; those shown are: %s".formatted(route,
					String.join(" ", this.listening.keySet())));
		}
		present.dispose();
	}

	private void state() {
		this.screen.say(describe(this.client.state()));
		if (!this.listening.isEmpty()) {
			this.screen.say("Pushes shown: " + String.join(" ", this.listening.keySet()));
		}
	}

	static String describe(ClientState state) {
		String reason = (state.reason() != null) ? Server.explain(state.reason()) : "";
		return switch (state.phase()) {
			case NEW, CONNECTING -> "Connecting";
			case OPEN -> "Connected";
			case WAITING -> "%s. Next attempt in %s".formatted(reason, TimeSpan.format(state.delay()));
			case CLOSED -> "Closed: " + reason;
		};
	}

}
