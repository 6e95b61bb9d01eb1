package io.nanogame.test;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A nats-server process on a free port.
 */
public final class NatsServer implements AutoCloseable {

	private static final int FIRST_PORT = 10_000;

	/** Linux assigns ports from here on, other systems higher ones. */
	private static final int FIRST_SYSTEM_PORT = 32_768;

	private final String address;

	private final int port;

	private final List<String> options;

	private @Nullable Process process;

	/** Starts a server on the loopback interface. */
	public NatsServer() {
		this("127.0.0.1", List.of());
	}

	/**
	 * Starts a server on the loopback interface with a configuration.
	 * @param configuration the content of nats-server's configuration file
	 */
	public NatsServer(String configuration) {
		this("127.0.0.1", List.of("-c", file(configuration)));
	}

	private NatsServer(String address, List<String> options) {
		this.address = address;
		this.port = freePort();
		this.options = options;
		start();
	}

	/**
	 * Starts a server.
	 * @param address an address of this machine
	 * @param options further command line options
	 * @return a running server
	 */
	public static NatsServer at(String address, String... options) {
		return new NatsServer(address, List.of(options));
	}

	/**
	 * Starts a server with JetStream on the loopback interface.
	 * @param store an empty directory
	 * @return a running server
	 */
	public static NatsServer withJetStream(Path store) {
		return at("127.0.0.1", "-js", "-sd", store.toString());
	}

	private static String file(String configuration) {
		try {
			return Files.writeString(Files.createTempFile("nats", ".conf"), configuration).toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns a free port of the loopback interface.
	 * @return the port
	 */
	public static int freePort() {
		return freePorts(1).get(0);
	}

	/**
	 * Returns free ports of the loopback interface. The system itself assigns none of
	 * them, so they stay free while no server uses them, also beside other tests.
	 * @param count the number of ports
	 * @return distinct ports
	 */
	public static List<Integer> freePorts(int count) {
		return ThreadLocalRandom.current()
			.ints(FIRST_PORT, FIRST_SYSTEM_PORT)
			.distinct()
			.filter(NatsServer::isFree)
			.limit(count)
			.boxed()
			.toList();
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	public String url() {
		return "nats://" + this.address + ":" + this.port;
	}

	public int port() {
		return this.port;
	}

	/**
	 * Returns the CPU time of the server's process.
	 * @return nanoseconds since its start, with the resolution of the system's clock
	 */
	public long cpuNanos() {
		Process running = this.process;
		return (running != null) ? running.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) : 0;
	}

	/** Starts or restarts the server. */
	public void start() {
		try {
			Path log = Files.createTempFile("nats", ".log");
			List<String> command = new ArrayList<>(
					List.of(executable(), "-a", this.address, "-p", String.valueOf(this.port)));
			command.addAll(this.options);
			this.process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("nats-server is needed; scripts/test installs it", ex);
		}
		Awaitility.await().until(this::accepts);
	}

	/**
	 * Returns whether nats-server is installed.
	 * @return false if there is no executable
	 */
	public static boolean isInstalled() {
		return candidates().anyMatch(Files::isExecutable);
	}

	private static String executable() {
		return candidates().filter(Files::isExecutable).findFirst().map(Path::toString).orElse("nats-server");
	}

	/** Debian installs it in a directory that is only on root's path. */
	private static Stream<Path> candidates() {
		return Stream.concat(Stream.of("/usr/sbin"), Stream.of(System.getenv("PATH").split(File.pathSeparator)))
			.map((folder) -> Path.of(folder, "nats-server"));
	}

	private boolean accepts() {
		try (Socket socket = new Socket(this.address, this.port)) {
			return socket.getInputStream().read() > 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Kills the process, as kill -9 does. */
	public void kill() {
		Process running = this.process;
		if (running != null) {
			running.destroyForcibly();
			try {
				running.waitFor(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public void close() {
		kill();
	}

}
