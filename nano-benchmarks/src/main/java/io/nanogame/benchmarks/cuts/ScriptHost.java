package io.nanogame.benchmarks.cuts;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The web server of the clients in JavaScript: it has their scripts, determines their
 * phase, and receives their ledgers. Thread-safe.
 */
final class ScriptHost implements AutoCloseable {

	private static final String LIBRARY = "META-INF/resources/nano/";

	private static final List<String> LIBRARY_FILES = List.of("client.js", "connection.js", "dictionary.js",
			"handshake.js", "json-tree.js", "listeners.js", "path-listeners.js", "push-stream.js", "requests.js",
			"retry-delays.js", "room.js", "rooms.js", "serializers.js", "session.js", "state-copy.js", "text.js",
			"wire.js");

	private static final List<String> FILES = List.of("player.js", "node.mjs", "page.html");

	private final Path folder;

	private final HttpServer server;

	private final ExecutorService threads = Executors.newFixedThreadPool(2);

	private final Set<String> ready = ConcurrentHashMap.newKeySet();

	private final Map<String, ClientLedger> ledgers = new ConcurrentHashMap<>();

	private volatile String phase = "wait";

	/**
	 * Starts the server.
	 * @param folder receives the scripts
	 */
	ScriptHost(Path folder) throws IOException {
		this.folder = Files.createDirectories(folder);
		Files.createDirectories(folder.resolve("nano"));
		for (String file : LIBRARY_FILES) {
			copy(LIBRARY + file, folder.resolve("nano").resolve(file));
		}
		for (String file : FILES) {
			copy("cuts/" + file, folder.resolve(file));
		}
		Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}\n");
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::file);
		this.server.createContext("/phase", (exchange) -> reply(exchange, "text/plain", bytes(this.phase)));
		this.server.createContext("/ready", this::ready);
		this.server.createContext("/ledgers", this::ledgers);
		this.server.start();
	}

	private static void copy(String resource, Path to) throws IOException {
		try (InputStream in = ScriptHost.class.getClassLoader().getResourceAsStream(resource)) {
			if (in == null) {
				throw new IOException("No " + resource + " on the class path");
			}
			Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	Path folder() {
		return this.folder;
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	void phase(String next) {
		this.phase = next;
	}

	/** Returns the names of the clients that are connected. */
	Set<String> readyNames() {
		return this.ready;
	}

	/** Returns the latest ledgers, by the name of the client. */
	Map<String, ClientLedger> ledgersByName() {
		return this.ledgers;
	}

	private void ready(HttpExchange exchange) throws IOException {
		this.ready.addAll(Arrays.asList(JsonMapper.shared().readValue(exchange.getRequestBody(), String[].class)));
		reply(exchange, "text/plain", bytes(""));
	}

	private void ledgers(HttpExchange exchange) throws IOException {
		for (ClientLedger ledger : JsonMapper.shared().readValue(exchange.getRequestBody(), ClientLedger[].class)) {
			this.ledgers.put(ledger.name(), ledger);
		}
		reply(exchange, "text/plain", bytes(""));
	}

	private void file(HttpExchange exchange) throws IOException {
		Path file = this.folder.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
		if (file.startsWith(this.folder) && Files.isRegularFile(file)) {
			String type = file.toString().endsWith(".html") ? "text/html" : "text/javascript";
			reply(exchange, type, Files.readAllBytes(file));
		}
		else {
			exchange.sendResponseHeaders(404, -1);
			exchange.close();
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static void reply(HttpExchange exchange, String type, byte[] body) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.sendResponseHeaders(200, (body.length > 0) ? body.length : -1);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
