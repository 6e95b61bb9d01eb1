package io.nanogame.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.nanogame.benchmarks.load.Clients;
import io.nanogame.benchmarks.server.ServerProcess;
import io.nanogame.benchmarks.server.ServerProcess.Kind;

/** The echo servers under test: bare Netty, variants of the starter, and peers. */
final class EchoServers implements AutoCloseable {

	static final byte[] BODY = "{\"name\":\"Ada\",\"text\":\"A line of chat as people write it.\"}"
		.getBytes(StandardCharsets.UTF_8);

	/** The end of the name of a subject whose clients can resume. */
	static final String RESUMABLE = ", resumable";

	private final ServerProcess netty;

	private final ServerProcess nettyWebSocket;

	private final ServerProcess starter;

	private final List<Subject> subjects = new ArrayList<>();

	/**
	 * Starts the servers that are not peers.
	 * @param options the JVM options and the peers
	 */
	EchoServers(Options options) {
		this.netty = new ServerProcess(options.javaHome(), options.flags(), Kind.NETTY);
		this.nettyWebSocket = new ServerProcess(options.javaHome(), options.flags(), Kind.NETTY_WEBSOCKET);
		this.starter = new ServerProcess(options.javaHome(), options.flags(), Kind.STARTER);
		this.subjects.add(subject("bare Netty", this.netty, "echo.raw", false));
		this.subjects.add(subject("@NonBlocking, bytes", this.starter, "echo.raw", false));
		this.subjects.add(resumable("@NonBlocking, bytes", "echo.raw"));
		this.subjects.add(subject("bare Netty, WebSocket", this.nettyWebSocket, "echo.raw", true));
		this.subjects.add(subject("@NonBlocking, bytes, WebSocket", this.starter, "echo.raw", true));
		this.subjects.add(subject("@NonBlocking, typed JSON", this.starter, "echo.json", false));
		this.subjects.add(resumable("@NonBlocking, typed JSON", "echo.json"));
		this.subjects.add(subject("on a worker, typed JSON", this.starter, "echo.lane", false));
		options.peers().forEach((peer) -> this.subjects.add(Subject.of(peer)));
	}

	private static Subject subject(String name, ServerProcess server, String route, boolean webSocket) {
		return new Subject(name, route, new Clients(Subject.local(server.port()), webSocket), server::gauges);
	}

	/** The same as the subject of that name, with clients that can resume. */
	private Subject resumable(String name, String route) {
		return new Subject(name + RESUMABLE, route, new Clients(Subject.local(this.starter.port()), false).resumable(),
				this.starter::gauges);
	}

	/**
	 * Connects clients to each server.
	 * @param clients the number of clients per server
	 * @param progress receives progress messages
	 */
	void connect(int clients, Consumer<String> progress) {
		for (Subject subject : this.subjects) {
			progress.accept("%d clients connect to %s".formatted(clients, subject.name()));
			subject.clients().connect(clients);
		}
	}

	List<Subject> subjects() {
		return this.subjects;
	}

	@Override
	public void close() {
		this.subjects.forEach((subject) -> subject.clients().close());
		this.netty.close();
		this.nettyWebSocket.close();
		this.starter.close();
	}

}
