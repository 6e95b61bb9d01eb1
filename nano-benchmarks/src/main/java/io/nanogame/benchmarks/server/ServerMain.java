package io.nanogame.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A server under test. It tells its port, then answers each line it reads with its
 * {@link Gauges}, and ends with its input: so it never outlives who started it.
 */
final class ServerMain {

	static final String MARK = "#bench ";

	static final String LIVE = "live";

	private ServerMain() {
	}

	public static void main(String[] arguments) throws IOException {
		int port = ServerProcess.Kind.valueOf(arguments[0]).start();
		System.out.println(MARK + port);
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			System.out.println(MARK + (line.equals(LIVE) ? Gauges.readLive() : Gauges.read()).toLine());
		}
		System.exit(0);
	}

}
