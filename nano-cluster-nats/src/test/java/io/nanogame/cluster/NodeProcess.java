package io.nanogame.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.group.Group;
import io.nanogame.test.NatsServer;

/**
 * A backend in a process of its own, which can be killed. It has a room: {@code join},
 * {@code say}, {@code count}, {@code where}, {@code echo}, and {@code hang}, which never
 * answers; and a {@link Ledger}.
 */
final class NodeProcess implements AutoCloseable {

	private final Process process;

	private NodeProcess(Process process) {
		this.process = process;
	}

	static NodeProcess start(NatsServer nats, String name) {
		return start(List.of(), nats, name);
	}

	static NodeProcess start(NetworkNamespace machine, NatsServer nats, String name) {
		return start(machine.command(), nats, name);
	}

	private static NodeProcess start(List<String> prefix, NatsServer nats, String name) {
		List<String> command = new ArrayList<>(prefix);
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
				System.getProperty("java.class.path"), NodeProcess.class.getName(), nats.url(), name));
		try {
			Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
			BufferedReader output = process.inputReader();
			String line;
			while ((line = output.readLine()) != null && !line.equals("READY")) {
				// Logs.
			}
			if (line == null) {
				throw new IllegalStateException("The node has ended; see above for what it said");
			}
			new Thread(() -> output.lines().forEach((ignored) -> {
			}), "node-output").start();
			return new NodeProcess(process);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** As kill -9 does. */
	void kill() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		kill();
	}

	/**
	 * The process.
	 * @param args where NATS is, and what the node is called
	 */
	public static void main(String[] args) {
		TestNode node = TestNode.backend(args[0], args[1]);
		Group lobby = node.groups.create("lobby");
		node.lane("room.join", (request) -> {
			lobby.add(request.session());
			return new Text(args[1]);
		}).lane("room.say", (request) -> {
			lobby.broadcast("onMessage", new Text(args[1]));
			return new Text("said");
		})
			.lane("room.count", (request) -> new Text(String.valueOf(lobby.count())))
			.lane("room.where", (request) -> new Text(args[1]))
			.lane("room.echo", (request) -> request.body())
			.lane("room.hang", (request) -> request.defer())
			.start();
		node.services.offer(Ledger.class, new OwnLedger(args[1]) {
			private final Tally tally = node.services.any(Tally.class);

			@Override
			public CompletableFuture<Integer> count(long id) {
				this.tally.counted(id);
				return super.count(id);
			}
		});
		node.flush();
		System.out.println("READY");
	}

}
