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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real nats-server on a port of its own.
 */
public final class NatsServer implements AutoCloseable {

	private final String address;

	private final int port;

	private final List<String> options;

	private @Nullable Process process;

	/** Starts one on the loopback. */
	public NatsServer() {
		this("127.0.0.1", List.of());
	}

	/**
	 * Starts one on the loopback that is told more than where to listen.
	 * @param configuration as in nats-server's configuration file
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
	 * Starts one.
	 * @param address of this machine
	 * @param options more of what its command line takes
	 * @return a server that runs
	 */
	public static NatsServer at(String address, String... options) {
		return new NatsServer(address, List.of(options));
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
	 * A port of the loopback that nobody uses right now.
	 * @return its number
	 */
	public static int freePort() {
		return freePorts(1).get(0);
	}

	/**
	 * Ports of the loopback that nobody uses right now. One after the other the system
	 * might give the same one twice.
	 * @param count how many
	 * @return their numbers, no two alike
	 */
	public static List<Integer> freePorts(int count) {
		List<ServerSocket> held = new ArrayList<>();
		try {
			for (int i = 0; i < count; i++) {
				held.add(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
			}
			List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
			for (ServerSocket socket : held) {
				socket.close();
			}
			return ports;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public String url() {
		return "nats://" + this.address + ":" + this.port;
	}

	public int port() {
		return this.port;
	}

	/**
	 * CPU time of the server's process.
	 * @return nanoseconds since it began, in steps of the system's clock
	 */
	public long cpuNanos() {
		Process running = this.process;
		return (running != null) ? running.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) : 0;
	}

	/** Starts it, also again. */
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
		Awaitility.await().until(this::answers);
	}

	/**
	 * Whether there is anything to start.
	 * @return false where nobody has installed it
	 */
	public static boolean isInstalled() {
		return candidates().anyMatch(Files::isExecutable);
	}

	private static String executable() {
		return candidates().filter(Files::isExecutable).findFirst().map(Path::toString).orElse("nats-server");
	}

	/** Debian puts it where only root looks. */
	private static Stream<Path> candidates() {
		return Stream.concat(Stream.of("/usr/sbin"), Stream.of(System.getenv("PATH").split(File.pathSeparator)))
			.map((folder) -> Path.of(folder, "nats-server"));
	}

	private boolean answers() {
		try (Socket socket = new Socket(this.address, this.port)) {
			return socket.getInputStream().read() > 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** As by kill -9. */
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
