package io.nanogame.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

import io.nanogame.benchmarks.load.Clients;
import io.nanogame.benchmarks.report.Profile;
import io.nanogame.benchmarks.report.Table;
import io.nanogame.benchmarks.server.ServerProcess;
import io.nanogame.benchmarks.server.ServerProcess.Kind;

/** Profiles the CPU time of a server. */
final class ProfileBenchmark {

	private final Options options;

	private final Consumer<String> progress;

	ProfileBenchmark(Options options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	Table run() throws InterruptedException, IOException {
		Table table = new Table("Where the CPU time goes, percent",
				"By the code on top of the stack, sampled each millisecond of CPU time. Flame graphs are beside this file.");
		try (ServerProcess server = new ServerProcess(this.options.javaHome(), this.options.flags(), Kind.STARTER);
				Clients clients = new Clients(Subject.local(server.port()), false)) {
			clients.connect(this.options.clients());
			for (int inFlight : new int[] { 1, 16 }) {
				for (String route : new String[] { "echo.raw", "echo.json", "echo.lane" }) {
					String name = "%s, %d in flight".formatted(route, inFlight);
					this.progress.accept("profile: " + name);
					clients.begin(route, EchoServers.BODY, inFlight);
					clients.measure(this.options.time());
					profile(server, clients, name, table);
					clients.end();
				}
			}
			this.progress.accept("profile: broadcast");
			clients.once(this.options.clients(), "storm.join", "{}".getBytes(StandardCharsets.UTF_8));
			clients.beginPaced("storm.broadcast", EchoServers.BODY, 100);
			clients.measure(this.options.time());
			profile(server, clients, "broadcast", table);
			clients.end();
		}
		return table;
	}

	private void profile(ServerProcess server, Clients clients, String name, Table table)
			throws InterruptedException, IOException {
		Path files = Files.createDirectories(this.options.output()).resolve("profile-" + name.replaceAll("\\W+", "-"));
		server.profile();
		clients.measure(this.options.time());
		server.profiled(files);
		Map<String, Double> shares = Profile
			.shares(Files.readString(files.resolveSibling(files.getFileName() + ".collapsed")));
		shares.forEach((owner, share) -> table.add(name, owner, share));
	}

}
