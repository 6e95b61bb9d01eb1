package io.nanogame.benchmarks.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.nanogame.benchmarks.server.ServerProcess.Kind;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gates, a backend with all components, and a NATS server, each in its own process. Not
 * thread-safe.
 */
public final class ClusterProcesses implements AutoCloseable {

	private static final String GROUPS = "nano.default.*.*.group.";

	private final int monitoring = NatsServer.freePort();

	private final NatsServer nats = NatsServer.at("127.0.0.1", "-m", String.valueOf(this.monitoring));

	private final ServerProcess backend;

	private final List<ServerProcess> gates = new ArrayList<>();

	private final Path javaHome;

	private final List<String> flags;

	/**
	 * Starts all of them, and waits until requests are forwarded.
	 * @param javaHome the home of the JDK
	 * @param flags the flags of the JVMs
	 * @param gates the number of gates
	 */
	public ClusterProcesses(Path javaHome, List<String> flags, int gates) {
		this.javaHome = javaHome;
		this.flags = flags;
		this.backend = node("-Dnano.server.enabled=false");
		for (int i = 0; i < gates; i++) {
			this.gates.add(node("-Dspring.profiles.active=gate"));
		}
		this.gates.forEach((gate) -> awaitBackend(gate.port()));
	}

	private ServerProcess node(String role) {
		return new ServerProcess(this.javaHome,
				Stream
					.concat(this.flags.stream(),
							Stream.of(role, "-Dnano.cluster.enabled=true", "-Dnano.cluster.servers=" + this.nats.url()))
					.toList(),
				Kind.STARTER);
	}

	private static void awaitBackend(int gate) {
		try (RawClient client = RawClient.tcp(gate).handshake()) {
			long[] id = new long[1];
			Awaitility.await().until(() -> client.request(++id[0], "echo.raw", "{}").readResponse(id[0]), "{}"::equals);
		}
	}

	/**
	 * Returns the ports for clients.
	 * @return a port for each gate
	 */
	public List<Integer> ports() {
		return this.gates.stream().map(ServerProcess::port).toList();
	}

	/**
	 * Starts a process on the same NATS server that replies on {@link NatsEcho#SUBJECT}.
	 * @return the process; must be closed
	 */
	public ServerProcess natsEcho() {
		return new ServerProcess(this.javaHome,
				Stream.concat(this.flags.stream(), Stream.of("-D%s=%s".formatted(NatsEcho.URL, this.nats.url())))
					.toList(),
				Kind.NATS);
	}

	public NatsServer nats() {
		return this.nats;
	}

	/**
	 * Returns the CPU time by kind of process.
	 * @return nanoseconds since their start, gates first
	 */
	public Map<String, Long> cpuNanos() {
		Map<String, Long> used = new LinkedHashMap<>();
		used.put("gate", this.gates.stream().mapToLong((gate) -> gate.gauges().cpuNanos()).sum());
		used.put("backend", this.backend.gauges().cpuNanos());
		used.put("nats-server", this.nats.cpuNanos());
		return used;
	}

	/**
	 * Returns the number of group messages that the NATS server has delivered.
	 * @return the messages to all gates since they subscribed
	 */
	public long groupMessages() {
		try (InputStream in = URI.create("http://127.0.0.1:%d/connz?subs=detail".formatted(this.monitoring))
			.toURL()
			.openStream()) {
			return JsonMapper.shared()
				.readTree(in)
				.required("connections")
				.valueStream()
				.flatMap((connection) -> connection.path("subscriptions_list_detail").valueStream())
				.filter((subscription) -> subscription.required("subject").asString().startsWith(GROUPS))
				.mapToLong((subscription) -> subscription.required("msgs").asLong())
				.sum();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.gates.forEach(ServerProcess::close);
		this.backend.close();
		this.nats.close();
	}

}
