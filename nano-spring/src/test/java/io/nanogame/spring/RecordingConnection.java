package io.nanogame.spring;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Connection;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;

/**
 * A connection without a socket that records the messages sent. For one thread.
 */
final class RecordingConnection implements Connection, ConnectionLoop {

	final List<OutboundMessage> sent = new ArrayList<>();

	@Override
	public void send(OutboundMessage message) {
		this.sent.add(message);
	}

	@Override
	public void close(CloseReason reason) {
		// There is no client.
	}

	@Override
	public ConnectionLoop loop() {
		return this;
	}

	@Override
	public void resume() {
		// Reading is never paused.
	}

	@Override
	public SocketAddress remoteAddress() {
		return InetSocketAddress.createUnresolved("client", 1);
	}

	@Override
	public String transport() {
		return "memory";
	}

	@Override
	public Map<String, List<String>> queryParameters() {
		return Map.of();
	}

	@Override
	public void execute(Runnable task) {
		task.run();
	}

	@Override
	public void broadcast(OutboundMessage message, Collection<Session> members) {
		members.forEach((member) -> SessionHandle.of(member).connection().send(message));
	}

}
