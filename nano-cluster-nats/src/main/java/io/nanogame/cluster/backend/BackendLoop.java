package io.nanogame.cluster.backend;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.cluster.frame.GatewayFrame.Multicast;
import io.nanogame.cluster.peer.Outbox;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.netty.util.concurrent.EventExecutor;

/**
 * A thread that handles messages of sessions of other nodes.
 */
final class BackendLoop implements ConnectionLoop {

	private final EventExecutor thread;

	BackendLoop(EventExecutor thread) {
		this.thread = thread;
	}

	@Override
	public void execute(Runnable task) {
		this.thread.execute(task);
	}

	@Override
	public boolean isCurrent() {
		return this.thread.inEventLoop();
	}

	/** Sends one frame to each gateway, on the thread of the caller. */
	@Override
	public void broadcast(OutboundMessage message, Collection<Session> members) {
		Map<Outbox, List<Session>> byGateway = new HashMap<>();
		String form = "";
		for (Session member : members) {
			GatewayConnection connection = RemoteSession.connectionOf(member);
			if (connection != null && !connection.isClosed()) {
				// The same for all, because they have the same payloads.
				form = connection.form();
				byGateway.computeIfAbsent(connection.outbox(), (gateway) -> new ArrayList<>()).add(member);
			}
		}
		for (Map.Entry<Outbox, List<Session>> gateway : byGateway.entrySet()) {
			long[] sessions = gateway.getValue().stream().mapToLong(Session::id).toArray();
			gateway.getKey().send(new Multicast(sessions, message.route(), message.body(), form));
		}
	}

}
