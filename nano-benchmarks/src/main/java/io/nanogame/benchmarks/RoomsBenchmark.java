package io.nanogame.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.nanogame.benchmarks.load.RoomPlayers;
import io.nanogame.benchmarks.load.RoomPlayers.Received;
import io.nanogame.benchmarks.report.Table;
import io.nanogame.benchmarks.server.Gauges;
import io.nanogame.benchmarks.server.ServerProcess;
import io.nanogame.benchmarks.server.ServerProcess.Kind;

/**
 * Many rooms of four players that all move with each of twenty ticks a second: with
 * changes of the state, with whole states, and the same game on Colyseus.
 */
final class RoomsBenchmark {

	private static final int SEATS = 4;

	private static final Path COLYSEUS = Path.of("src", "main", "colyseus");

	private final Options options;

	private final Consumer<String> progress;

	RoomsBenchmark(Options options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	List<Table> run() throws InterruptedException, IOException {
		Table table = new Table("%,d rooms of %d players, 20 ticks/s".formatted(this.options.rooms(), SEATS),
				"Median of %d rounds (lowest–highest). Each player sends two inputs a second.%s"
					.formatted(this.options.rounds(), hasColyseus() ? "" : " Colyseus is not installed."));
		int players = this.options.rooms() * SEATS;
		measure(table, "changes", this::starter,
				(server) -> RoomPlayers.nano(Subject.local(server.port()), "race", players));
		measure(table, "whole states", this::starter,
				(server) -> RoomPlayers.nano(Subject.local(server.port()), "whole", players));
		if (hasColyseus()) {
			measure(table, "Colyseus", () -> ServerProcess.node(COLYSEUS.resolve("server.mjs"), players),
					(server) -> RoomPlayers.colyseus(Subject.local(server.port()), server.seats()));
		}
		return List.of(table);
	}

	/** Installed by {@code npm ci}, because only this needs it. */
	private static boolean hasColyseus() {
		return Files.isDirectory(COLYSEUS.resolve("node_modules"));
	}

	private ServerProcess starter() {
		return new ServerProcess(this.options.javaHome(), this.options.flags(), Kind.STARTER);
	}

	private void measure(Table table, String name, Supplier<ServerProcess> start, Joining joining)
			throws InterruptedException {
		this.progress.accept("rooms: %s, players join".formatted(name));
		try (ServerProcess server = start.get(); RoomPlayers players = joining.join(server)) {
			// The first round warms up.
			for (int round = 0; round <= this.options.rounds(); round++) {
				this.progress.accept("rooms: %s, round %d of %d".formatted(name, round, this.options.rounds()));
				measure((round > 0) ? table : new Table("", ""), name, server, players);
			}
		}
	}

	private void measure(Table table, String name, ServerProcess server, RoomPlayers players)
			throws InterruptedException {
		server.ticks();
		Gauges before = server.gauges();
		Received first = players.received();
		long begun = System.nanoTime();
		Thread.sleep(this.options.time().toMillis());
		Received last = players.received();
		double seconds = (System.nanoTime() - begun) / 1e9;
		Gauges after = server.gauges();
		List<Long> ticks = server.ticks();
		double each = this.options.rooms() * SEATS * seconds;
		table.add(name, "server's CPU, cores", (after.cpuNanos() - before.cpuNanos()) / 1e9 / seconds);
		table.add(name, "ticks/s of a room", ticks.get(0) / seconds / this.options.rooms());
		table.add(name, "a tick is late, p50, ms", ticks.get(1) / 1e3);
		table.add(name, "p99, ms", ticks.get(2) / 1e3);
		table.add(name, "bytes a player and second", (last.bytes() - first.bytes()) / each);
		table.add(name, "states a player and second", (last.states() - first.states()) / each);
		table.add(name, "resident memory, MB", after.residentBytes() / 1e6);
	}

	/** Lets the players of a server join its rooms. */
	private interface Joining {

		RoomPlayers join(ServerProcess server);

	}

}
