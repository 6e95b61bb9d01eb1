package io.nanogame.cluster;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

import io.nanogame.protocol.MessageType;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Connection;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection to nowhere that keeps what it is sent.
 */
public final class Recorded implements Connection, ConnectionLoop {

	public final List<String> sent = new CopyOnWriteArrayList<>();

	private final Executor thread;

	/**
	 * Creates a connection.
	 * @param thread one thread
	 */
	public Recorded(Executor thread) {
		this.thread = thread;
	}

	void awaitSent(String... lines) {
		Awaitility.await().untilAsserted(() -> assertThat(this.sent).containsExactly(lines));
	}

	@Override
	public void send(OutboundMessage message) {
		String kind = message.isError() ? "error " : "response ";
		this.sent.add(((message.type() == MessageType.PUSH) ? "push " + message.route() : kind + message.id()) + " "
				+ new String(message.body(), StandardCharsets.UTF_8));
	}

	@Override
	public void broadcast(OutboundMessage message, Collection<Session> members) {
		members.forEach((member) -> SessionHandle.of(member).connection().send(message));
	}

	@Override
	public void execute(Runnable task) {
		this.thread.execute(task);
	}

	@Override
	public ConnectionLoop loop() {
		return this;
	}

	@Override
	public void close(CloseReason reason) {
	}

	@Override
	public void resume() {
	}

	@Override
	public SocketAddress remoteAddress() {
		return InetSocketAddress.createUnresolved("unknown", 0);
	}

	@Override
	public String transport() {
		return "memory";
	}

	@Override
	public Map<String, List<String>> queryParameters() {
		return Map.of();
	}

}
