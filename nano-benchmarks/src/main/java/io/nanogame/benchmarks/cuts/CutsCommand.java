package io.nanogame.benchmarks.cuts;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the connections of many clients: {@code [MINUTES [CLIENTS [SEED]]]}, 10 and 1,000
 * by default. Twenty of them, or a tenth, are tabs of Chromium, a fifth runs in Node, and
 * the others in Java. Each client sends or receives five messages a second. Exits with 1
 * unless each message has arrived once and in order, and each client was cut thirty
 * times.
 */
public final class CutsCommand {

	private static final int MESSAGES_OF_A_CLIENT = 5;

	private static final int LEAST_CUTS = 30;

	/** The average number of connections of a client. */
	private static final int LIVES = 60;

	/** The time between a cut and the next connection, on average. */
	private static final Duration PAUSE = Duration.ofMillis(500);

	private static final Duration SHORTEST_LIFE = Duration.ofMillis(200);

	private static final int MAX_TABS = 20;

	private CutsCommand() {
	}

	public static void main(String[] arguments) throws IOException, InterruptedException, TimeoutException {
		if (arguments.length > 3) {
			System.err.println("usage: cuts [MINUTES [CLIENTS [SEED]]]");
			System.exit(2);
		}
		double minutes = (arguments.length > 0) ? Double.parseDouble(arguments[0]) : 10;
		int clients = (arguments.length > 1) ? Integer.parseInt(arguments[1]) : 1000;
		long seed = (arguments.length > 2) ? Long.parseLong(arguments[2]) : System.nanoTime();
		Duration duration = Duration.ofMillis((long) (minutes * 60_000));
		int tabs = Math.min(MAX_TABS, clients / 10);
		int node = clients / 5;
		System.out.printf("cuts: %s minutes, %d clients, %d messages a second, seed %d%n", minutes, clients,
				MESSAGES_OF_A_CLIENT * clients, seed);
		// It warns of each connection that ends in its handshake.
		((Logger) LoggerFactory.getLogger("reactor.netty")).setLevel(Level.ERROR);
		CutsResult result = new Cuts(duration, new Cuts.Crowd(clients - node - tabs, node, tabs),
				MESSAGES_OF_A_CLIENT * clients, meanLife(duration),
				Path.of("nano-benchmarks", "target", "cuts").toAbsolutePath())
			.run(seed);
		result.print(System.out);
		if (!result.hasEnoughCuts(LEAST_CUTS)) {
			System.out.println("cuts: too few cuts for a proof");
		}
		boolean good = result.isExactlyOnce() && result.hasEnoughCuts(LEAST_CUTS);
		System.out.println("cuts: " + (good ? "PASSED" : "FAILED"));
		System.exit(good ? 0 : 1);
	}

	private static Duration meanLife(Duration duration) {
		Duration life = duration.dividedBy(LIVES).minus(PAUSE);
		return (life.compareTo(SHORTEST_LIFE) > 0) ? life : SHORTEST_LIFE;
	}

}
