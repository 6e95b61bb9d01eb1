package io.nanogame.benchmarks.cuts;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The clients in JavaScript: some in one process of Node, others in tabs of Chromium. */
final class Scripts implements AutoCloseable {

	/** A project that has the package ws; relative to the root of the sources. */
	private static final Path PROJECT = Path.of("sample-chat-app", "src", "test", "wild-clients", "package.json");

	private static final long PATIENCE_NANOS = 120_000_000_000L;

	private final ScriptHost host;

	private final List<String> nodes;

	private final List<String> tabs;

	private final String server;

	private final double sendsPerSecond;

	private @Nullable Process node;

	private @Nullable Chromium chromium;

	/**
	 * Creates clients that are not connected yet.
	 * @param folder receives scripts and output
	 * @param port of the server
	 * @param sendsPerSecond of each client
	 */
	Scripts(Path folder, int port, Cuts.Crowd crowd, double sendsPerSecond) throws IOException {
		this.host = new ScriptHost(folder.resolve("js"));
		this.server = "ws://127.0.0.1:%d/nano".formatted(port);
		this.nodes = names("node-", crowd.node());
		this.tabs = names("tab-", crowd.tabs());
		this.sendsPerSecond = sendsPerSecond;
	}

	private static List<String> names(String prefix, int count) {
		return IntStream.range(0, count).mapToObj((i) -> prefix + i).toList();
	}

	/** Connects all clients. Blocks. */
	void connect() throws IOException, InterruptedException {
		if (!this.nodes.isEmpty()) {
			this.node = new ProcessBuilder("node", this.host.folder().resolve("node.mjs").toString(),
					options(this.nodes), PROJECT.toAbsolutePath().toString())
				.redirectErrorStream(true)
				.redirectOutput(this.host.folder().resolve("node.log").toFile())
				.start();
		}
		if (!this.tabs.isEmpty()) {
			this.chromium = new Chromium(this.host.folder());
			for (String tab : this.tabs) {
				this.chromium.open("%s/page.html?%s".formatted(this.host.url(),
						URLEncoder.encode(options(List.of(tab)), StandardCharsets.UTF_8).replace("+", "%20")));
			}
		}
		List<String> all = names();
		long end = System.nanoTime() + PATIENCE_NANOS;
		while (!this.host.readyNames().containsAll(all)) {
			if (System.nanoTime() - end > 0 || (this.node != null && !this.node.isAlive())) {
				throw new IOException("Only %d of %d clients in JavaScript have connected, see %s"
					.formatted(this.host.readyNames().size(), all.size(), this.host.folder()));
			}
			LockSupport.parkNanos(50_000_000);
		}
	}

	private String options(List<String> names) {
		return JsonMapper.shared()
			.writeValueAsString(Map.of("host", this.host.url(), "names", names, "server", this.server, "rate",
					this.sendsPerSecond * names.size()));
	}

	void phase(String next) {
		this.host.phase(next);
	}

	private List<String> names() {
		List<String> all = new ArrayList<>(this.nodes);
		all.addAll(this.tabs);
		return all;
	}

	/** Returns the latest ledgers. */
	List<ClientLedger> ledgers() {
		return names().stream()
			.map((name) -> this.host.ledgersByName().getOrDefault(name, ClientLedger.missing(name)))
			.toList();
	}

	@Override
	public void close() {
		if (this.node != null) {
			this.node.destroyForcibly();
		}
		if (this.chromium != null) {
			this.chromium.close();
		}
		this.host.close();
	}

}
