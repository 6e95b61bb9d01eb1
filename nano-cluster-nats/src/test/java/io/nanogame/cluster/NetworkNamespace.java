package io.nanogame.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A machine of its own, as far as the network goes: processes in it reach this one by a
 * cable that can be pulled. Nobody is told of that, packets just do not arrive. Linux,
 * and root.
 */
final class NetworkNamespace implements AutoCloseable {

	/** Of a network that is for documentation, so nobody uses it. */
	private static final String HERE = "198.51.100.1";

	private static final String THERE = "198.51.100.2";

	private final String name = "nano" + ProcessHandle.current().pid();

	NetworkNamespace() {
		try {
			ip("netns", "add", this.name);
			ip("link", "add", near(), "type", "veth", "peer", "name", far(), "netns", this.name);
			ip("address", "add", HERE + "/30", "dev", near());
			ip("-n", this.name, "address", "add", THERE + "/30", "dev", far());
			ip("link", "set", near(), "up");
			plug();
		}
		catch (IllegalStateException ex) {
			close();
			throw ex;
		}
	}

	/** An end of the cable; such names have up to 15 letters. */
	private String near() {
		return this.name + "a";
	}

	private String far() {
		return this.name + "b";
	}

	/** Where processes in there find those out here. */
	String addressOfThisMachine() {
		return HERE;
	}

	/** What to put in front of a command, so that it runs in there. */
	List<String> command() {
		return List.of("ip", "netns", "exec", this.name);
	}

	void unplug() {
		ip("-n", this.name, "link", "set", far(), "down");
	}

	void plug() {
		ip("-n", this.name, "link", "set", far(), "up");
	}

	private static void ip(String... arguments) {
		List<String> command = Stream.concat(Stream.of("ip"), Stream.of(arguments)).toList();
		String line = String.join(" ", command);
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IllegalStateException(
						"This test needs network namespaces, so Linux and root, but '%s' has failed: %s".formatted(line,
								output.strip()));
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("This test needs the command ip of iproute2; scripts/test installs it", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** The cable goes with it. */
	@Override
	public void close() {
		try {
			ip("netns", "delete", this.name);
		}
		catch (IllegalStateException ex) {
			// It was never made.
		}
	}

}
