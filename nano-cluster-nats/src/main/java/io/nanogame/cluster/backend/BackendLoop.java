package io.nanogame.cluster.backend;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.cluster.peer.Outbox;
import io.nanogame.cluster.wire.FrameWriter;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.netty.util.concurrent.EventExecutor;

/**
 * A thread that handles messages of sessions of other nodes.
 */
final class BackendLoop implements ConnectionLoop {

	private final EventExecutor thread;

	private final FrameWriter writer;

	BackendLoop(EventExecutor thread, FrameWriter writer) {
		this.thread = thread;
		this.writer = writer;
	}

	@Override
	public void execute(Runnable task) {
		this.thread.execute(task);
	}

	@Override
	public boolean isCurrent() {
		return this.thread.inEventLoop();
	}

	/** One frame a gateway, sent by the caller. */
	@Override
	public void broadcast(OutboundMessage message, Collection<Session> members) {
		Map<Outbox, List<Session>> byGateway = new HashMap<>();
		for (Session member : members) {
			if (SessionHandle.of(member).connection() instanceof GatewayConnection connection && !connection.isGone()) {
				byGateway.computeIfAbsent(connection.outbox(), (gateway) -> new ArrayList<>()).add(member);
			}
		}
		byGateway.forEach((gateway, sessions) -> gateway.send(this.writer
			.multicast(sessions.stream().mapToLong(Session::id).toArray(), message.route(), message.body())));
	}

}
